package dev.sluice.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.junit.jupiter.api.Test;

/** Rules that no single module can check: who may see whom, and what no code may do. */
class ArchitectureTest {
  /** Packages of the jobs; a new job is added here and is then held to all rules. */
  private static final List<String> JOBS =
      List.of(
          "dev.sluice.images..",
          "dev.sluice.partitioning..",
          "dev.sluice.analytics..",
          "dev.sluice.replication..",
          "dev.sluice.prices..");

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("test-support"))
          .withImportOption(location -> !location.contains("local-aws")) // from a repository
          .importPackages("dev.sluice");

  @Test
  void looksAtRealClasses() {
    List<String> names =
        PRODUCTION.stream().map(JavaClass::getSimpleName).collect(Collectors.toList());

    assertThat(names)
        .contains("MicroBatchOperator", "JobOption")
        .contains("ImageClassificationTopology", "ReplicationTopology");
    assertThat(names).doesNotContain("FaultProxy");
  }

  @Test
  void commonKnowsNoJob() {
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.common..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JOBS.toArray(String[]::new))
        .check(PRODUCTION);
  }

  @Test
  void noJobSeesAnother() {
    for (String job : JOBS) {
      String[] others = JOBS.stream().filter(other -> !other.equals(job)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(job)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true)
          .check(PRODUCTION);
    }
  }

  @Test
  void topologiesSeeNoConnector() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Topology")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.apache.flink.connector..")
                .or(resideInAPackage("org.apache.flink.api.connector.."))
                .or(resideInAPackage("dev.sluice.common.sink.."))
                .or(resideInAPackage("dev.sluice.common.config..")))
        .check(PRODUCTION);
  }

  @Test
  void operatorsAreFinal() {
    classes()
        .that()
        .areAssignableTo(StreamOperator.class)
        .or()
        .areAssignableTo(org.apache.flink.api.common.functions.Function.class)
        .and(not(INTERFACES))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(PRODUCTION);
  }

  @Test
  void noStaticFieldCanChange() {
    fields().that().areStatic().should().beFinal().check(PRODUCTION);
  }

  @Test
  void nothingIsReadWithJavaSerializationOrKryo() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("com.esotericsoftware.kryo..")
        .check(PRODUCTION);
  }

  @Test
  void nothingUsesWhatFlink2HasRemovedButTheKinesisSource() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.common.source.kinesis..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink.streaming.api.functions.source..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.flink.streaming.api.functions.sink.SinkFunction")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.flink.api.common.time.Time")
        .check(PRODUCTION);
  }
}
