package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyGuardTest {

    private static final TenantId TENANT = new TenantId(new UUID(0, 1));
    private static final String CARD = "4111 1111 1111 1111";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static Policy cards(Remedy in, Remedy out) {
        return Policy.DEFAULT.with(Kind.PAYMENT_CARDS, in, out);
    }

    private Guard guard(Remedy in, Remedy out) {
        return new PolicyGuard(tenant -> cards(in, out), new FindingCounts(meters));
    }

    private Verdict screened(Remedy in, String json) {
        return guard(in, Remedy.MASK).screen(TENANT, Requests.of(json));
    }

    private Verdict screened(Policy policy, String json) {
        return new PolicyGuard(tenant -> policy, new FindingCounts(meters)).screen(TENANT, Requests.of(json));
    }

    private static Screened cleared(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Cleared.class);
        return ((Verdict.Cleared) verdict).what();
    }

    private static String sent(Verdict verdict) {
        return new String(cleared(verdict).work().wire().edited(), StandardCharsets.UTF_8);
    }

    private double count(String direction, String action) {
        return count("paymentCards", direction, action);
    }

    private double count(String kind, String direction, String action) {
        return meters.get("gatehouse.guard.findings")
                .tag("kind", kind)
                .tag("direction", direction)
                .tag("action", action)
                .counter()
                .count();
    }

    @Test
    void refusesANumberAndSaysWhereButNotWhich() {
        Verdict verdict = screened(Remedy.BLOCK, "{\"content\":\"pay with " + CARD + "\"}");
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.rule()).isEqualTo(new RuleId("pii.payment-card"));
            assertThat(blocked.why().code()).isEqualTo(Code.CONTENT_POLICY);
            assertThat(blocked.why().param()).contains("/content");
            assertThat(blocked.why().message())
                    .contains("pii.payment-card", "/content")
                    .doesNotContain("4111", "1111");
            assertThat(blocked.coverage()).isEqualTo(new Coverage(2, 35, Map.of(Kind.PAYMENT_CARDS, 1), 0));
            assertThat(blocked.policy())
                    .isEqualTo(cards(Remedy.BLOCK, Remedy.MASK).version());
        });
        assertThat(count("in", "block")).isOne();
    }

    @Test
    void doesNotRepeatANumberThatIsAMembersName() {
        Verdict verdict = screened(Remedy.BLOCK, "{\"4111111111111111\":\"x\"}");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Blocked.class,
                        blocked -> assertThat(blocked.why().message())
                                .contains("/[payment card ****1111]")
                                .doesNotContain("4111"));
    }

    @Test
    void stopsAtTheFindingThatRefuses() {
        Verdict verdict = screened(Remedy.BLOCK, "{\"a\":[\"" + CARD + ";" + CARD + "\"],\"b\":\"" + CARD + "\"}");
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.why().param()).contains("/a/0");
            assertThat(blocked.coverage()).isEqualTo(new Coverage(2, 40, Map.of(Kind.PAYMENT_CARDS, 1), 0));
        });
        assertThat(count("in", "block")).isOne();
    }

    @Test
    void masksTenThousandNumbersOfARequest() {
        Coverage coverage = cleared(screened(Remedy.MASK, numbers(10_000))).coverage();
        assertThat(coverage.masked()).isEqualTo(10_000);
        assertThat(count("in", "mask")).isEqualTo(10_000);
    }

    @Test
    void refusesMoreNumbersThanItMasks() {
        assertThat(screened(Remedy.MASK, numbers(10_002))).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.why().code()).isEqualTo(Code.CONTENT_POLICY);
            assertThat(blocked.why().message()).contains("more than 10000", "pii.payment-card");
            assertThat(blocked.coverage().findings()).isEqualTo(10_001);
            assertThat(blocked.coverage().masked()).isZero();
        });
        assertThat(count("in", "block")).isEqualTo(10_001);
    }

    private static String numbers(int count) {
        return "{\"content\":\"" + "4111111111111111;".repeat(count) + "\"}";
    }

    @Test
    void collectsNothingOfWhatThePolicyAllows() {
        RequestScan scan = RequestScan.of(Requests.of(numbers(10_001)), Remedies.all(Remedy.OBSERVE));
        assertThat(scan.findings()).isEqualTo(Map.of(Kind.PAYMENT_CARDS, 10_001));
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
        Verdict verdict = screened(Remedy.MASK, "{\"a\":\"é " + number + "\\n\",\"b\":[\"x\",4.0]}");
        assertThat(sent(verdict)).isEqualTo("{\"a\":\"é [payment card ****1111]\\n\",\"b\":[\"x\",4.0]}");
        assertThat(cleared(verdict).coverage().masked()).isOne();
        assertThat(count("in", "mask")).isOne();
    }

    @Test
    void masksEveryNumberOfEveryText() {
        Verdict verdict = screened(Remedy.MASK, "{\"a\":\"" + CARD + ";" + CARD + "\",\"b\":\"5555555555554444\"}");
        assertThat(sent(verdict))
                .isEqualTo(
                        "{\"a\":\"[payment card ****1111];[payment card ****1111]\",\"b\":\"[payment card ****4444]\"}");
        assertThat(cleared(verdict).coverage()).isEqualTo(new Coverage(4, 57, Map.of(Kind.PAYMENT_CARDS, 3), 3));
    }

    @Test
    void keepsTheArgumentsOfAnEarlierToolCallADocument() {
        Verdict verdict = screened(
                Remedy.MASK,
                "{\"arguments\":\"{\\\"n\\\":4111111111111111,\\\"s\\\":\\\"\\\\u0034111111111111111\\\"}\"}");
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
        assertThat(sent(guard(Remedy.MASK, Remedy.MASK).screen(TENANT, work)))
                .isEqualTo("{\"input\":{\"n\":-0,\"m\":12}}");
        assertThat(guard(Remedy.BLOCK, Remedy.MASK).screen(TENANT, work))
                .isInstanceOfSatisfying(
                        Verdict.Blocked.class,
                        blocked -> assertThat(blocked.why().param()).contains("/input/n"));
    }

    @Test
    void leavesCleanWorkAsItIs() {
        Work work = Requests.of("{\"content\":\"What is 123 + 456?\"}");
        Screened what = cleared(guard(Remedy.BLOCK, Remedy.MASK).screen(TENANT, work));
        assertThat(what.work()).isSameAs(work);
        assertThat(what.coverage()).isEqualTo(new Coverage(2, 25, Map.of(), 0));
    }

    @Test
    void countsWhatThePolicyAllows() {
        String json = "{\"content\":\"" + CARD + "\"}";
        Verdict verdict = screened(Remedy.OBSERVE, json);
        assertThat(sent(verdict)).isEqualTo(json);
        assertThat(cleared(verdict).coverage().findings()).isOne();
        assertThat(count("in", "observe")).isOne();
    }

    @Test
    void dealsWithEachKindAsThePolicySays() {
        Policy policy = Policy.DEFAULT.with(Kind.IBANS, Remedy.MASK, Remedy.MASK);
        Verdict verdict = screened(policy, "{\"a\":\"jane@example.org pays from DE89 3704 0044 0532 0130 00\"}");
        assertThat(sent(verdict)).isEqualTo("{\"a\":\"jane@example.org pays from DE[IBAN ****3000]\"}");
        Coverage coverage = cleared(verdict).coverage();
        assertThat(coverage.byKind()).isEqualTo(Map.of(Kind.IBANS, 1, Kind.EMAIL_ADDRESSES, 1));
        assertThat(coverage.json())
                .isEqualTo(
                        "{\"texts\":2,\"bytes\":55,\"findings\":2,\"byKind\":{\"ibans\":1,\"emailAddresses\":1},\"masked\":1}");
        assertThat(count("ibans", "in", "mask")).isOne();
        assertThat(count("emailAddresses", "in", "observe")).isOne();
    }

    @Test
    void refusesByTheRuleOfTheKindThatIsBlocked() {
        Policy policy = Policy.DEFAULT.with(Kind.EMAIL_ADDRESSES, Remedy.BLOCK, Remedy.MASK);
        Verdict verdict = screened(policy, "{\"a\":\"AKIAQX4BRT6YLMN27ZPD of jane@example.org\"}");
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Blocked.class, blocked -> {
            assertThat(blocked.rule()).isEqualTo(new RuleId("pii.email-address"));
            assertThat(blocked.why().message())
                    .contains("an e-mail address", "/a")
                    .doesNotContain("jane");
            assertThat(blocked.coverage().masked()).isZero();
        });
        assertThat(count("secrets", "in", "block")).isOne();
        assertThat(count("emailAddresses", "in", "block")).isOne();
    }

    @Test
    void masksOnceWhatIsLongOrOverlaps() {
        Policy policy = new Policy(Remedies.all(Remedy.MASK), Remedies.all(Remedy.MASK), Policy.DEFAULT.version());
        String key = "glpat-" + "a1_B".repeat(100) + "@example.org";
        Verdict verdict = screened(policy, "{\"a\":\"" + key + "\",\"b\":\"4111111111111111@example.org\"}");
        assertThat(sent(verdict)).isEqualTo("{\"a\":\"glpat-[secret]@example.org\",\"b\":\"[payment card ****1111]\"}");
        assertThat(cleared(verdict).coverage().masked()).isEqualTo(2);
        assertThat(cleared(verdict).coverage().byKind())
                .isEqualTo(Map.of(Kind.SECRETS, 1, Kind.PAYMENT_CARDS, 1, Kind.EMAIL_ADDRESSES, 1));
    }

    @Test
    void filtersTheAnswerAsThePolicySays() {
        assertThat(answered(Remedy.MASK)).isEqualTo("[payment card ****1111]");
        assertThat(answered(Remedy.BLOCK)).isEmpty();
        assertThat(answered(Remedy.OBSERVE)).isEqualTo(CARD);
        assertThat(count("out", "mask")).isOne();
        assertThat(count("out", "block")).isOne();
    }

    private String answered(Remedy out) {
        Screened what = cleared(guard(Remedy.BLOCK, out).screen(TENANT, Requests.of("{}")));
        Channel content = Channel.content(0);
        Span span = new Span(1, new int[0], List.of(new Delta.Text(content, CARD)), new byte[0], true);
        return Heard.of(what.newFilters(), span).texts().getOrDefault(content, "");
    }

    @Test
    void hasFreshFiltersForEachAttempt() {
        Screened what = cleared(guard(Remedy.BLOCK, Remedy.MASK).screen(TENANT, Requests.of("{}")));
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
