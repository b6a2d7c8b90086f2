package io.imageaudit.worker;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Settings as an operator writes them; a key that nobody reads is an error. */
public final class SettingsText {

  private SettingsText() {}

  /** Binds the part of a YAML document that begins with {@code prefix}. */
  public static <T> T bind(String yaml, String prefix, Class<T> type) {
    return new Binder(new MapConfigurationPropertySource(flat(yaml)))
        .bindOrCreate(
            prefix, Bindable.of(type), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
  }

  /** Binds the settings of one thing, written without a prefix. */
  public static <T> T bind(String yaml, Class<T> type) {
    return bind("it:\n" + yaml.indent(2), "it", type);
  }

  private static Properties flat(String yaml) {
    YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
    reader.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    Properties flat = reader.getObject();
    return flat == null ? new Properties() : flat;
  }
}
