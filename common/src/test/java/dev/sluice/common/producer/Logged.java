package dev.sluice.common.producer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What a class says in its log. */
final class Logged extends AbstractAppender implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  private Logged(Class<?> of) {
    super("logged-" + of.getSimpleName(), null, null, true, Property.EMPTY_ARRAY);
    logger = (Logger) LogManager.getLogger(of);
  }

  static Logged by(Class<?> of) {
    Logged logged = new Logged(of);
    logged.start();
    logged.logger.addAppender(logged);
    Configurator.setLevel(of.getName(), Level.ALL);
    return logged;
  }

  /** Level and text of each. */
  List<String> lines() {
    return lines;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
  }

  @Override
  public void close() {
    Configurator.setLevel(logger.getName(), Level.OFF);
    logger.removeAppender(this);
    stop();
  }
}
