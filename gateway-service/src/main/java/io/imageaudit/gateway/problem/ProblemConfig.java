package io.imageaudit.gateway.problem;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** How problems are told: in English, and in Simplified Chinese where it is asked for. */
@Configuration(proxyBeanMethods = false)
class ProblemConfig {

  @Bean
  Answers answers(MessageSource messages, MeterRegistry registry) {
    return new Answers(messages, registry);
  }

  @Bean
  ProblemWriter problemWriter(Answers answers, JsonMapper json, LocaleResolver languages) {
    return new ProblemWriter(answers, json, languages);
  }

  @Bean
  LocaleResolver localeResolver() {
    AcceptHeaderLocaleResolver languages = new AcceptHeaderLocaleResolver();
    languages.setSupportedLocales(
        List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE, Locale.CHINESE));
    languages.setDefaultLocale(Locale.ENGLISH);
    return languages;
  }
}
