package dev.gatehouse.bench.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ScriptTest {

    @Test
    void survivesItsJourneyAsJson() {
        Script script = new Script(7, 3, 20, 100, "a");

        assertThat(Script.parse(script.toJson())).isEqualTo(script);
        assertThat(script.frames()).isEqualTo(3);
    }

    @Test
    void anythingElseThanAnObjectPlaysTheDefault() {
        assertThat(Script.parse("What is 123 + 456?")).isEqualTo(Script.DEFAULT);
        assertThat(Script.parse("{broken")).isEqualTo(Script.DEFAULT);
        assertThat(Script.parse("{}")).isEqualTo(Script.DEFAULT);
    }

    @Test
    void namesTheFieldThatIsOutOfRange() {
        assertThatThrownBy(() -> Script.parse("{\"paceMs\":-1}")).hasMessageContaining("paceMs is -1");
    }
}
