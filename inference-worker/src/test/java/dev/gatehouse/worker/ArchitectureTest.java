package dev.gatehouse.worker;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.gatehouse.worker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.gatehouse.worker";

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule LLAMA_USES_NO_ROOM = room("llama");

    @ArchTest
    static final ArchRule GGUF_USES_NO_ROOM = room("gguf");

    @ArchTest
    static final ArchRule FIT_USES_GGUF_ONLY = room("fit", "gguf");

    @ArchTest
    static final ArchRule KVSTORE_USES_NO_ROOM = room("kvstore");

    @ArchTest
    static final ArchRule ENGINE_USES_LLAMA_GGUF_FIT_AND_KVSTORE = room("engine", "llama", "gguf", "fit", "kvstore");

    @ArchTest
    static final ArchRule LEDGER_USES_NO_ROOM = room("ledger");

    @ArchTest
    static final ArchRule OPENAI_USES_ENGINE_ONLY = room("openai", "engine");

    @ArchTest
    static final ArchRule NODE_USES_ENGINE_KVSTORE_LEDGER_AND_OPENAI =
            room("node", "engine", "kvstore", "ledger", "openai");

    @ArchTest
    static final ArchRule ENGINE_RUNS_WITHOUT_SPRING_AND_HTTP = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".engine..", ROOT + ".kvstore..", ROOT + ".llama..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "com.linecorp.armeria..", "io.netty..")
            .because("the engine has a main of its own: give it plain values instead");

    @ArchTest
    static final ArchRule HTTP_IS_IN_NODE_AND_OPENAI = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".node..", ROOT + ".openai..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.linecorp.armeria..", "io.netty..")
            .because("only they speak HTTP: hand them what is to be said");

    @ArchTest
    static final ArchRule NATIVES_ARE_IN_LLAMA = methods()
            .that()
            .haveModifier(JavaModifier.NATIVE)
            .should()
            .beDeclaredInClassesThat()
            .resideInAPackage(ROOT + ".llama..")
            .allowEmptyShould(true)
            .because("llama has the one table of native methods: add it there");

    @ArchTest
    static final ArchRule NO_CLASS_IS_NAMED_AFTER_NOTHING = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)")
            .because("a name says what a thing is in the field's own terms");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith(NullMarked.class)
            .because("null does not travel: annotate the package with @NullMarked");

    private static ArchRule room(String name, String... mayUse) {
        var foreign = resideInAPackage(ROOT + ".*..").and(resideOutsideOfPackage(ROOT + "." + name + ".."));
        for (String room : mayUse) {
            foreign = foreign.and(resideOutsideOfPackage(ROOT + "." + room + ".."));
        }
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(foreign)
                .allowEmptyShould(true)
                .because(
                        "the room " + name + " may use " + (mayUse.length == 0 ? "no other" : String.join(", ", mayUse))
                                + ": move what it needs behind a port of its own");
    }
}
