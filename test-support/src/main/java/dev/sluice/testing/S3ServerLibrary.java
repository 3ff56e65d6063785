package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of the S3 server, in a class loader of their own: its Guava, Jackson and AWS SDK
 * never meet Flink's. Only SLF4J is shared, so that the server logs where the test logs.
 */
final class S3ServerLibrary extends URLClassLoader {
  private static final String MODEL = "software.amazon.awssdk.services.s3.model.";

  S3ServerLibrary(Path folder) {
    super("s3-server", jars(folder), ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith("org.slf4j.") && !name.startsWith("org.slf4j.impl.")) {
      try {
        return S3ServerLibrary.class.getClassLoader().loadClass(name);
      } catch (ClassNotFoundException e) {
        return super.findClass(name); // jcl-over-slf4j has classes there too
      }
    }
    return super.findClass(name);
  }

  /** Builds a request of the AWS SDK: {@code PutObjectRequest.builder().bucket(..)...build()}. */
  Object request(String type, Map<String, ?> fields) {
    Class<?> requestClass = type(MODEL + type);
    Class<?> builderClass = type(MODEL + type + "$Builder");
    Object builder = call(requestClass, null, "builder");
    fields.forEach((name, value) -> call(builderClass, builder, name, value));
    return call(type("software.amazon.awssdk.utils.builder.SdkBuilder"), builder, "build");
  }

  Class<?> type(String name) {
    try {
      return Class.forName(name, true, this);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("S3 server has no class '" + name + "'", e);
    }
  }

  /**
   * Calls the public method of that name that takes these arguments, with this class loader as the
   * thread's own.
   *
   * @throws S3ServerException with what the method threw as cause
   */
  Object call(
      Class<?> type,
      @org.jspecify.annotations.Nullable Object target,
      String name,
      Object... arguments) {
    Method method = method(type, name, arguments);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    try {
      Object result = method.invoke(target, arguments);
      return result == null ? Void.TYPE : result;
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new S3ServerException("S3 server failed in '" + name + "': " + cause, cause);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("S3 server's method '" + name + "' is not public", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Method method(Class<?> type, String name, Object... arguments) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
        return method;
      }
    }
    throw new IllegalStateException(
        "S3 server's class '"
            + type.getName()
            + "' has no method '"
            + name
            + "' for "
            + arguments.length
            + " such arguments");
  }

  private static boolean takes(Class<?>[] parameters, Object... arguments) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      Class<?> boxed = parameters[i].isPrimitive() ? box(parameters[i]) : parameters[i];
      if (!boxed.isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Class<?> box(Class<?> primitive) {
    return java.lang.invoke.MethodType.methodType(primitive).wrap().returnType();
  }

  private static URL[] jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .sorted()
              .collect(Collectors.toList());
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = url(jars.get(i));
      }
      return urls;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list '" + folder + "'", e);
    }
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /** The server refused or failed; the cause says why. */
  static final class S3ServerException extends RuntimeException {
    S3ServerException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
