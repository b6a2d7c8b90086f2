package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of the settings is what the modules say, and says something of each. */
class ConfigurationTest {

  private static final Path PAGE = Repository.ROOT.resolve("docs/configuration.md");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(image-audit[a-z0-9.-]+)");

  @Test
  void the_reference_is_up_to_date() throws IOException {
    String reference = ConfigurationReference.write();
    if ("write".equals(System.getProperty("reference"))) {
      Files.writeString(PAGE, reference);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md is stale; the command that writes it anew is at its top")
        .isEqualTo(reference);
  }

  @Test
  void every_setting_has_a_meaning() {
    assertThat(settings())
        .isNotEmpty()
        .allSatisfy(
            setting -> assertThat(setting.meaning()).as(setting.name()).hasSizeGreaterThan(5));
  }

  @Test
  void every_key_that_the_code_asks_for_is_a_setting() throws IOException {
    Set<String> known = settings().map(Setting::name).collect(Collectors.toSet());
    assertThat(placeholders()).isNotEmpty().isSubsetOf(known);
  }

  private static Stream<Setting> settings() {
    return Stream.concat(Stream.of("common-model"), ConfigurationReference.SERVICES.stream())
        .flatMap(module -> Setting.of(module).stream());
  }

  private static Set<String> placeholders() throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String service : ConfigurationReference.SERVICES) {
      List<Path> sources = Repository.files(service + "/src/main/java", ".java");
      for (Path source : sources) {
        Matcher matcher = PLACEHOLDER.matcher(Files.readString(source));
        while (matcher.find()) {
          keys.add(matcher.group(1));
        }
      }
    }
    return keys;
  }
}
