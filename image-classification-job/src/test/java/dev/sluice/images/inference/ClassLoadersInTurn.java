package dev.sluice.images.inference;

import dev.sluice.images.decoding.Pictures;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Started as a process: uses the model in several class loaders, as jobs submitted in turn do. */
public final class ClassLoadersInTurn {
  static final String RESULT = "probabilities ";

  private ClassLoadersInTurn() {}

  /** Arguments: folder of the model, an image, number of class loaders. */
  public static void main(String[] args) throws Exception {
    URL[] classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(ClassLoadersInTurn::url)
            .toArray(URL[]::new);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      try (URLClassLoader loader =
          new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
        Thread.currentThread().setContextClassLoader(loader);
        Class<?> self = loader.loadClass(ClassLoadersInTurn.class.getName());
        Method classify = self.getMethod("classify", String.class, String.class);
        System.out.println(RESULT + classify.invoke(null, args[0], args[1]));
      }
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Called by reflection, in another class loader. */
  public static String classify(String model, String image) throws Exception {
    try (ImageClassifier classifier = Torch.open(Path.of(model), 1)) {
      classifier.put(0, Pictures.decode(Files.readAllBytes(Path.of(image))));
      return Arrays.toString(classifier.classify(1)[0]);
    }
  }
}
