package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What ships with the services, and under which licences; from their bills of materials. */
class LicencesTest {

  private static final String BILL = "/target/classes/META-INF/sbom/application.cdx.json";
  private static final Path PAGE = Repository.ROOT.resolve("docs/licences.md");

  /** A copyleft licence that reaches the user of a library must be a decision. */
  private static final List<String> NOT_WITHOUT_A_DECISION =
      List.of("AGPL", "GPL-2.0-only", "GPL-3", "SSPL");

  private static final String INTRODUCTION =
      """
      # Licences

      What the services ship beside their own code. Written from the bills of materials that `mvn -Psbom` puts into every
      jar (CycloneDX, `META-INF/sbom/application.cdx.json`), by:

      ```
      mvn -q -Pfast,sbom -pl deployment-checks -am test -Dtest=LicencesTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference=write
      ```

      Where several licences are named, each user may choose one.

      | library | version | licences |
      |---|---|---|
      """;

  @Test
  void the_list_is_up_to_date_and_no_licence_needs_a_decision() throws IOException {
    assumeTrue(
        ConfigurationReference.SERVICES.stream()
            .allMatch(service -> Files.exists(Repository.ROOT.resolve(service + BILL))),
        "built without -Psbom");
    Map<String, String> rows = new TreeMap<>();
    for (String service : ConfigurationReference.SERVICES) {
      JsonNode bill = JsonMapper.shared().readTree(Repository.text(service + BILL));
      StreamSupport.stream(bill.path("components").spliterator(), false)
          .filter(library -> !library.path("group").asString("").equals("io.imageaudit"))
          .forEach(library -> rows.put(name(library), row(library)));
    }
    assertThat(rows.values())
        .allSatisfy(row ->
            assertThat(NOT_WITHOUT_A_DECISION).noneMatch(licence -> row.contains("| " + licence)));
    String page = INTRODUCTION + String.join("\n", rows.values()) + "\n";
    if ("write".equals(System.getProperty("reference"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/licences.md is stale; the command that writes it anew is at its top")
        .isEqualTo(page);
  }

  private static String name(JsonNode library) {
    return library.path("group").asString("") + ":" + library.path("name").asString("");
  }

  private static String row(JsonNode library) {
    String licences =
        StreamSupport.stream(library.path("licenses").spliterator(), false)
            .map(LicencesTest::licence)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s |"
        .formatted(name(library), library.path("version").asString(""), licences);
  }

  private static String licence(JsonNode choice) {
    JsonNode licence = choice.path("license");
    String id = licence.path("id").asString(licence.path("name").asString(""));
    return id.isEmpty() ? choice.path("expression").asString("not named") : id;
  }
}
