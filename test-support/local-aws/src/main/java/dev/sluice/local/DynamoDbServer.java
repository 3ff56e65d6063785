package dev.sluice.local;

import java.io.IOException;
import java.lang.reflect.Field;

/**
 * The main class of the process of {@link LocalDynamoDb}: DynamoDB Local on a free port of the
 * loopback interface, which it prints. Ends when its standard input ends.
 *
 * <p>Everything of DynamoDB Local is called by reflection, so that nothing of it is on the class
 * path of the starting process.
 */
final class DynamoDbServer {
  private static final String RUNNER = "software.amazon.dynamodb.services.local.main.ServerRunner";

  private DynamoDbServer() {}

  /** No arguments. */
  public static void main(String[] args) throws Exception {
    Thread end = new Thread(DynamoDbServer::endWithInput, "end with input");
    end.setDaemon(true);
    end.start();

    // Without the last word it reports its use to Amazon.
    String[] words = {"-inMemory", "-port", "8000", "-disableTelemetry"};
    Object proxy =
        Class.forName(RUNNER)
            .getMethod("createServerFromCommandLineArgs", String[].class)
            .invoke(null, (Object) words);
    Object connector = connector(proxy);
    Class<?> type = connector.getClass();
    type.getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
    type.getMethod("setPort", int.class).invoke(connector, 0);
    proxy.getClass().getMethod("start").invoke(proxy);
    System.out.println("LISTENING " + type.getMethod("getLocalPort").invoke(connector));
    proxy.getClass().getMethod("join").invoke(proxy);
  }

  /** Of Jetty: it was made for all interfaces, and has not begun to listen. */
  private static Object connector(Object proxy) throws ReflectiveOperationException {
    Field field = proxy.getClass().getDeclaredField("server");
    field.setAccessible(true);
    Object server = field.get(proxy);
    Object[] connectors = (Object[]) server.getClass().getMethod("getConnectors").invoke(server);
    if (connectors.length != 1) {
      throw new IllegalStateException(
          "DynamoDB Local has " + connectors.length + " connectors in place of one");
    }
    return connectors[0];
  }

  private static void endWithInput() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.out.println("Standard input broke off: " + e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }
}
