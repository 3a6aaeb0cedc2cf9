package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class GatewayKeyTest {

    private static final String KEY = Samples.gatewayKey(new Random(1));

    @Property(tries = 500)
    void isFoundWhateverStandsAroundIt(@ForAll String before, @ForAll String after, @ForAll long seed) {
        String key = Samples.gatewayKey(new Random(seed));
        assertThat(Filters.masked(before + key + after))
                .contains("gh_live_[secret]")
                .doesNotContain(key.substring(8));
    }

    @Test
    void isFoundWithinWordsAndAfterAnotherBeginning() {
        assertThat(Filters.masked("x" + KEY + "y")).isEqualTo("xgh_live_[secret]y");
        assertThat(Filters.masked("gh_live_gh_live_Agh_live_" + KEY.substring(8)))
                .isEqualTo("gh_live_gh_live_Agh_live_[secret]");
        assertThat(Filters.masked("gh_live_aB3" + KEY + KEY)).isEqualTo("gh_live_aB3gh_live_[secret]gh_live_[secret]");
    }

    @Test
    void isNotWhatHasAWrongChecksum() {
        char last = KEY.charAt(KEY.length() - 1);
        String mistyped = KEY.substring(0, KEY.length() - 1) + (last == 'a' ? 'b' : 'a');
        assertThat(Filters.masked(mistyped)).isEqualTo(mistyped);
        assertThat(Filters.masked(KEY.substring(0, 45) + " ")).isEqualTo(KEY.substring(0, 45) + " ");
    }
}
