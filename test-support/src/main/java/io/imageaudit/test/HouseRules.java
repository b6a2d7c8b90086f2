package io.imageaudit.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What holds in every module. A module's test extends this and names its package.
 *
 * <p>{@code -Dformat=apply} corrects the layout of the sources instead of failing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // The classes are read once.
public abstract class HouseRules {

  private static final String BASE = "io.imageaudit";

  private final String modulePackage;
  private final JavaClasses module;

  /**
   * Reads the module's classes.
   *
   * @param modulePackage the package that holds all of them, such as {@code io.imageaudit.gateway}
   */
  protected HouseRules(String modulePackage) {
    this.modulePackage = modulePackage;
    this.module = new ClassFileImporter().importPath(Path.of("target/classes"));
  }

  @Test
  void sources_are_laid_out_by_google_java_format() throws IOException {
    boolean apply = "apply".equals(System.getProperty("format"));
    SourceFormat format = new SourceFormat();
    List<Path> deviations = new ArrayList<>();
    deviations.addAll(format.deviations(Path.of("src/main/java"), apply));
    deviations.addAll(format.deviations(Path.of("src/test/java"), apply));
    assertThat(apply ? List.of() : deviations)
        .as("run: mvn -q -Pfast test -Dtest=HouseRulesTest -Dformat=apply")
        .isEmpty();
  }

  @Test
  void features_form_no_cycle() {
    slices()
        .matching(modulePackage + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void a_service_knows_no_other_service() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".benchmark..") // It measures the others.
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "live in another service",
                type ->
                    type.getPackageName().startsWith(BASE)
                        && !type.getPackageName().startsWith(modulePackage)
                        && !type.getPackageName().startsWith(BASE + ".model")
                        && !type.getPackageName().startsWith(BASE + ".inference")))
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void fields_are_not_injected() {
    fields()
        .should()
        .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
        .andShould()
        .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value")
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void spring_components_are_package_private() {
    classes()
        .that()
        .areMetaAnnotatedWith("org.springframework.stereotype.Component")
        .and()
        .areNotMetaAnnotatedWith("org.springframework.context.annotation.Configuration")
        .should()
        .notBePublic()
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void names_say_what_a_class_is() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Service")
        .allowEmptyShould(true)
        .check(module);
  }

  @Test
  void listeners_and_use_cases_do_not_speak_sql() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Jdbc")
        .and()
        .haveSimpleNameNotEndingWith("Config")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
        .because("an adapter puts its technology first and alone imports it")
        .allowEmptyShould(true)
        .check(module);
  }
}
