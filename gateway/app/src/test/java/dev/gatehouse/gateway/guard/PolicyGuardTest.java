package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.guard.Policy.In;
import dev.gatehouse.gateway.guard.Policy.Out;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Count;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Priority;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Wire;
import dev.gatehouse.gateway.vocabulary.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyGuardTest {

    private static final TenantId TENANT = new TenantId(new UUID(0, 1));
    private static final String CARD = "4111 1111 1111 1111";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Guard guard(In in, Out out) {
        return new PolicyGuard(tenant -> Policy.of(in, out), new FindingCounts(meters));
    }

    private Verdict screened(In in, String json) {
        return guard(in, Out.MASK).screen(TENANT, Requests.of(json));
    }

    private static Screened cleared(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Cleared.class);
        return ((Verdict.Cleared) verdict).what();
    }

    private static String sent(Verdict verdict) {
        return new String(cleared(verdict).work().wire().edited(), StandardCharsets.UTF_8);
    }

    private double count(String direction, String action) {
        return meters.get("gatehouse.guard.findings")
                .tag("rule", "pii.payment-card")
                .tag("direction", direction)
                .tag("action", action)
                .counter()
                .count();
    }

    @Test
    void refusesANumberAndSaysWhereButNotWhich() {
        Verdict verdict = screened(In.REFUSE, "{\"content\":\"pay with " + CARD + "\"}");
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.rule()).isEqualTo(new RuleId("pii.payment-card"));
            assertThat(blocked.why().code()).isEqualTo(Code.CONTENT_POLICY);
            assertThat(blocked.why().param()).contains("/content");
            assertThat(blocked.why().message())
                    .contains("pii.payment-card", "/content")
                    .doesNotContain("4111", "1111");
            assertThat(blocked.coverage()).isEqualTo(new Coverage(2, 35, 1, 0));
            assertThat(blocked.policy())
                    .isEqualTo(Policy.of(In.REFUSE, Out.MASK).version());
        });
        assertThat(count("in", "refuse")).isOne();
    }

    @Test
    void doesNotRepeatANumberThatIsAMembersName() {
        Verdict verdict = screened(In.REFUSE, "{\"4111111111111111\":\"x\"}");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Blocked.class,
                        blocked -> assertThat(blocked.why().message())
                                .contains("/[payment card ****1111]")
                                .doesNotContain("4111"));
    }

    @Test
    void stopsAtTheFindingThatRefuses() {
        Verdict verdict = screened(In.REFUSE, "{\"a\":[\"" + CARD + ";" + CARD + "\"],\"b\":\"" + CARD + "\"}");
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.why().param()).contains("/a/0");
            assertThat(blocked.coverage()).isEqualTo(new Coverage(2, 40, 1, 0));
        });
        assertThat(count("in", "refuse")).isOne();
    }

    @Test
    void masksTenThousandNumbersOfARequest() {
        Coverage coverage = cleared(screened(In.MASK, numbers(10_000))).coverage();
        assertThat(coverage.masked()).isEqualTo(10_000);
        assertThat(count("in", "mask")).isEqualTo(10_000);
    }

    @Test
    void refusesMoreNumbersThanItMasks() {
        assertThat(screened(In.MASK, numbers(10_002))).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.why().code()).isEqualTo(Code.CONTENT_POLICY);
            assertThat(blocked.why().message()).contains("more than 10000", "pii.payment-card");
            assertThat(blocked.coverage().findings()).isEqualTo(10_001);
            assertThat(blocked.coverage().masked()).isZero();
        });
        assertThat(count("in", "refuse")).isEqualTo(10_001);
    }

    private static String numbers(int count) {
        return "{\"content\":\"" + "4111111111111111;".repeat(count) + "\"}";
    }

    @Test
    void collectsNothingOfWhatThePolicyAllows() {
        RequestScan scan = RequestScan.of(Requests.of(numbers(10_001)), In.ALLOW);
        assertThat(scan.findings()).isEqualTo(10_001);
        assertThat(scan.masks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "\\u0034\\u0031\\u0031\\u0031111111111111",
                "4111\\u00a01111\\u00A01111\\u200b1111",
                "\\ud835\\udfdc111111111111111",
                "４１１１-１１１１-１１１１-１１１１",
                "4111\\/1111\\/1111\\/1111"
            })
    void masksANumberHoweverItIsEscaped(String number) {
        Verdict verdict = screened(In.MASK, "{\"a\":\"é " + number + "\\n\",\"b\":[\"x\",4.0]}");
        assertThat(sent(verdict)).isEqualTo("{\"a\":\"é [payment card ****1111]\\n\",\"b\":[\"x\",4.0]}");
        assertThat(cleared(verdict).coverage().masked()).isOne();
        assertThat(count("in", "mask")).isOne();
    }

    @Test
    void masksEveryNumberOfEveryText() {
        Verdict verdict = screened(In.MASK, "{\"a\":\"" + CARD + ";" + CARD + "\",\"b\":\"5555555555554444\"}");
        assertThat(sent(verdict))
                .isEqualTo(
                        "{\"a\":\"[payment card ****1111];[payment card ****1111]\",\"b\":\"[payment card ****4444]\"}");
        assertThat(cleared(verdict).coverage()).isEqualTo(new Coverage(4, 57, 3, 3));
    }

    @Test
    void keepsTheArgumentsOfAnEarlierToolCallADocument() {
        Verdict verdict = screened(
                In.MASK, "{\"arguments\":\"{\\\"n\\\":4111111111111111,\\\"s\\\":\\\"\\\\u0034111111111111111\\\"}\"}");
        assertThat(sent(verdict))
                .isEqualTo("{\"arguments\":\"{\\\"n\\\":0,\\\"s\\\":\\\"[payment card ****1111]\\\"}\"}");
    }

    @Test
    void masksANumberThatIsOneInJsonAndSaysWhereItStands() {
        String body = "{\"input\":{\"n\":-4111111111111111,\"m\":12}}";
        int from = body.indexOf("-4");
        Work work = new Count(
                new ModelName("m"),
                new Wire(Dialect.ANTHROPIC, body.getBytes(StandardCharsets.UTF_8), List.of()),
                List.of(new TextField(TextKind.NUMBER, from, body.indexOf(','))),
                List.of(),
                Priority.INTERACTIVE);
        assertThat(sent(guard(In.MASK, Out.MASK).screen(TENANT, work))).isEqualTo("{\"input\":{\"n\":-0,\"m\":12}}");
        assertThat(guard(In.REFUSE, Out.MASK).screen(TENANT, work))
                .isInstanceOfSatisfying(
                        Verdict.Blocked.class,
                        blocked -> assertThat(blocked.why().param()).contains("/input/n"));
    }

    @Test
    void leavesCleanWorkAsItIs() {
        Work work = Requests.of("{\"content\":\"What is 123 + 456?\"}");
        Screened what = cleared(guard(In.REFUSE, Out.MASK).screen(TENANT, work));
        assertThat(what.work()).isSameAs(work);
        assertThat(what.coverage()).isEqualTo(new Coverage(2, 25, 0, 0));
    }

    @Test
    void countsWhatThePolicyAllows() {
        String json = "{\"content\":\"" + CARD + "\"}";
        Verdict verdict = screened(In.ALLOW, json);
        assertThat(sent(verdict)).isEqualTo(json);
        assertThat(cleared(verdict).coverage().findings()).isOne();
        assertThat(count("in", "allow")).isOne();
    }

    @Test
    void filtersTheAnswerAsThePolicySays() {
        assertThat(answered(Out.MASK)).isEqualTo("[payment card ****1111]");
        assertThat(answered(Out.CUT)).isEmpty();
        assertThat(answered(Out.ALLOW)).isEqualTo(CARD);
        assertThat(count("out", "mask")).isOne();
        assertThat(count("out", "cut")).isOne();
    }

    private String answered(Out out) {
        Screened what = cleared(guard(In.REFUSE, out).screen(TENANT, Requests.of("{}")));
        Channel content = Channel.content(0);
        Span span = new Span(1, new int[0], List.of(new Delta.Text(content, CARD)), new byte[0], true);
        return Heard.of(what.newFilters(), span).texts().getOrDefault(content, "");
    }

    @Test
    void hasFreshFiltersForEachAttempt() {
        Screened what = cleared(guard(In.REFUSE, Out.MASK).screen(TENANT, Requests.of("{}")));
        assertThat(what.newFilters()).isNotSameAs(what.newFilters());
    }

    @Test
    void failsWhenThePolicyIsNotKnown() {
        Fault down = new Fault(Problem.of(Code.DATABASE_UNAVAILABLE, "The database cannot be reached."));
        Guard guard = new PolicyGuard(
                tenant -> {
                    throw down;
                },
                new FindingCounts(meters));
        assertThatThrownBy(() -> guard.screen(TENANT, Requests.of("{}"))).isSameAs(down);
    }
}
