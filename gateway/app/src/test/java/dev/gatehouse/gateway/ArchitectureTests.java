package dev.gatehouse.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.NATIVE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@AnalyzeClasses(packages = "dev.gatehouse.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule vocabularyIsPlainJava = classes()
            .that()
            .resideInAPackage("..gateway.vocabulary..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "..gateway.vocabulary..", "org.springframework.modulith..")
            .because("every room shares it: put behaviour that needs a library into the room that owns it");

    @ArchTest
    static final ArchRule webTypesStayAtTheServlets = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.access..", "..gateway.console..", "..web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")
            .because(
                    "the data plane has no servlets: serve /v1 through edge.EdgeService, the console through a *.web package");

    @ArchTest
    static final ArchRule serverTypesStayAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..gateway.edge..",
                    "..gateway.dialect..",
                    "..gateway.openai..",
                    "..gateway.anthropic..",
                    "..gateway.backend.node..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.linecorp.armeria..", "io.netty..")
            .because("a change of server or client must stay in few places: use vocabulary.Sink and backend.Backend");

    @ArchTest
    static final ArchRule databaseAccessIsNamed = noClasses()
            .that(com.tngtech.archunit.base.DescribedPredicate.not(simpleNameStartingWith("Postgres")))
            .and()
            .resideOutsideOfPackage("..gateway.database..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc.."))
            .because(
                    "who talks to PostgreSQL must be seen from the file names: put the statement into a class named Postgres…");

    @ArchTest
    static final ArchRule nothingIsNative = methods()
            .should()
            .notHaveModifier(NATIVE)
            .because("native code runs in the inference worker's llama room, in a process of its own");

    @ArchTest
    static final ArchRule namesSayWhatThingsDo = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .because("such a name says nothing: name the class after what it does");

    @Test
    void roomsUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(Gateway.class).verify();
    }
}
