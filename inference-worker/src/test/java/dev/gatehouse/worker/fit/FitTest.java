package dev.gatehouse.worker.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FitTest {

    private static final long GB = 1_000_000_000;

    /** DeepSeek-V3 at 4.83 bits a weight: 37 B active, 61 layers of latent attention. */
    private static final Anatomy V3 =
            new Anatomy("deepseek2", 61, 7_168, 129_280, 163_840, 256, 8, 2_048, 61L * 576, 404 * GB, 394 * GB, GB / 2);

    private static Fit fit(long kvTokens, Optional<KvType> type, long host, long device) {
        Demand.Load load = new Demand.Load(kvTokens, 512, 16);
        return Fit.of(V3, new Fit.Wish(load, type), new Memory(host, device));
    }

    @Test
    void latentAttentionKeepsSeventyKilobytesOfATokenAtF16AndHalfAtQ8() {
        assertThat(V3.kvBytes(KvType.F16)).isEqualTo(70_272);
        assertThat(V3.kvBytes(KvType.Q8_0)).isEqualTo(37_332);
    }

    @Test
    void theCacheIsMadeCoarserOnlyWhereItDoesNotFitOtherwise() {
        assertThat(fit(100_000, Optional.empty(), 500 * GB, 0)).isInstanceOfSatisfying(Fit.Fits.class, fits -> {
            assertThat(fits.type()).isEqualTo(KvType.F16);
            assertThat(fits.placement()).isEqualTo(Placement.CPU);
        });
        assertThat(fit(100_000, Optional.empty(), 409 * GB, 0))
                .isInstanceOfSatisfying(
                        Fit.Fits.class, fits -> assertThat(fits.type()).isEqualTo(KvType.Q8_0));
    }

    @Test
    void aRefusalSaysWhatIsMissingAndNamesWaysOnThatLeadSomewhere() {
        assertThat(fit(100_000, Optional.of(KvType.F16), 409 * GB, 0))
                .isInstanceOfSatisfying(
                        Fit.TooLarge.class,
                        no -> assertThat(no.explanation())
                                .contains("weights 404.0 GB", "KV cache 7.0 GB", "409.0 GB are free")
                                .contains("kv-type=q8_0", "kv-tokens=", "load-mode=mmap"));
        assertThat(fit(100_000, Optional.empty(), 100 * GB, 0))
                .isInstanceOfSatisfying(
                        Fit.TooLarge.class,
                        no -> assertThat(no.waysOn())
                                .noneMatch(way -> way.contains("kv-type") || way.contains("kv-tokens"))
                                .anyMatch(way -> way.contains("smaller quantisation")));
    }

    @Test
    void theTokensThatARefusalOffersDoFit() {
        Fit.TooLarge no = (Fit.TooLarge) fit(10_000_000, Optional.of(KvType.F16), 450 * GB, 0);
        String offer = no.waysOn().stream()
                .filter(way -> way.contains("kv-tokens="))
                .findFirst()
                .orElseThrow();
        assertThat(no.waysOn()).noneMatch(way -> way.contains("smaller quantisation"));
        long tokens = Long.parseLong(offer.replaceAll(".*kv-tokens=(\\d+).*", "$1"));
        assertThat(fit(tokens, Optional.of(KvType.F16), 450 * GB, 0)).isInstanceOf(Fit.Fits.class);
    }

    @Test
    void expertsStayWithTheProcessorWhereTheGpuHasRoomForAllElse() {
        assertThat(fit(32_768, Optional.empty(), 500 * GB, 24 * GB)).isInstanceOfSatisfying(Fit.Fits.class, fits -> {
            assertThat(fits.placement().gpuLayers()).isEqualTo(-1);
            assertThat(fits.placement().expertsOnCpu()).isBetween(59, 61);
        });
        assertThat(fit(32_768, Optional.empty(), 500 * GB, 8 * GB))
                .isInstanceOfSatisfying(
                        Fit.Fits.class,
                        fits -> assertThat(fits.placement().expertsOnCpu()).isZero());
        assertThat(fit(32_768, Optional.empty(), 500 * GB, 640 * GB))
                .isInstanceOfSatisfying(
                        Fit.Fits.class, fits -> assertThat(fits.placement()).isEqualTo(Placement.GPU));
    }

    @Test
    void distinctExpertsGrowMoreSlowlyThanSequences() {
        Roofline roofline = new Roofline(V3, KvType.F16, 819e9);
        assertThat(roofline.experts(1)).isCloseTo(8, within(0.01));
        assertThat(roofline.experts(8)).isCloseTo(57, within(1.0));
        assertThat(roofline.experts(64)).isCloseTo(222, within(1.0));
    }

    @Test
    void theRooflineOfOneSequenceIsBandwidthOverActiveBytes() {
        Roofline roofline = new Roofline(V3, KvType.F16, 819e9);
        double active = V3.commonBytes() + 394e9 * 8 / 256 + 1_000 * 70_272.0;
        assertThat(roofline.tokensPerSecond(1, 1_000)).isCloseTo(819e9 / active, within(1e-6));
    }
}
