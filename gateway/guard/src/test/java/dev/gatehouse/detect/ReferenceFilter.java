package dev.gatehouse.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The definition of a payment card number in {@link PaymentCards}, applied to a whole text at once and without regard to cost. */
final class ReferenceFilter {

    private record Group(int from, int to, byte[] digits, boolean plus, boolean afterPoint) {}

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int copied;

    private ReferenceFilter(String text) {
        this.text = text;
    }

    static String mask(String text) {
        ReferenceFilter filter = new ReferenceFilter(text);
        filter.runs().forEach(filter::run);
        return filter.out.append(text, filter.copied, text.length()).toString();
    }

    private List<List<Group>> runs() {
        List<List<Group>> runs = new ArrayList<>();
        List<Group> run = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (digitAt(at) < 0) {
                at += width(at);
                continue;
            }
            Group group = group(at, run);
            run.add(group);
            at = next(group.to());
            if (at < 0) {
                runs.add(run);
                run = new ArrayList<>();
                at = group.to();
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private Group group(int from, List<Group> before) {
        List<Byte> digits = new ArrayList<>();
        int at = from;
        int end = from;
        while (at < text.length() && digitAt(at) >= 0) {
            digits.add((byte) digitAt(at));
            end = at + width(at);
            at = skipInvisible(end, PaymentCards.INVISIBLE)[0];
        }
        byte[] values = new byte[digits.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = digits.get(i);
        }
        boolean plus = before.isEmpty() && from > 0 && text.charAt(from - 1) == '+';
        return new Group(from, end, values, plus, afterPoint(from, before));
    }

    private boolean afterPoint(int from, List<Group> before) {
        if (before.isEmpty() || before.getLast().digits().length > 3) {
            return false;
        }
        return text.substring(before.getLast().to(), from).contains(".");
    }

    /** Where the next group of the same run begins; negative when there is none. */
    private int next(int from) {
        int[] first = skipInvisible(from, PaymentCards.INVISIBLE);
        int at = first[0];
        if (at >= text.length() || !Glyphs.separates(text.codePointAt(at))) {
            return -1;
        }
        at = skipInvisible(at + width(at), first[1])[0];
        return at < text.length() && digitAt(at) >= 0 ? at : -1;
    }

    private int[] skipInvisible(int from, int most) {
        int at = from;
        int left = most;
        while (at < text.length() && left > 0 && Glyphs.invisible(text.codePointAt(at))) {
            at += width(at);
            left--;
        }
        return new int[] {at, left};
    }

    private int digitAt(int at) {
        return Glyphs.digit(text.codePointAt(at));
    }

    private int width(int at) {
        return Character.charCount(text.codePointAt(at));
    }

    private void run(List<Group> run) {
        int[] finding = new int[run.size()];
        int findings = 0;
        int coveredUntil = 0;
        for (int first = 0; first < run.size(); first++) {
            int end = regular(run, first, first > 0 && finding[first - 1] != 0);
            if (end > 0 && first >= coveredUntil) {
                findings++;
            }
            coveredUntil = Math.max(coveredUntil, end);
            finding[first] = first < coveredUntil ? findings : 0;
        }
        for (int first = 0; first < run.size(); ) {
            int end = first;
            while (end < run.size() && finding[end] == finding[first]) {
                end++;
            }
            List<Group> stretch = run.subList(first, end);
            if (finding[first] != 0) {
                pieces(stretch);
            } else if (card(stretch)) {
                replace(stretch);
            }
            first = end;
        }
    }

    private void pieces(List<Group> finding) {
        int from = 0;
        for (int i = 0; i < finding.size(); i++) {
            if (digits(finding.subList(from, i + 1)).length > Run.LONG || i == finding.size() - 1) {
                replaceTail(finding.subList(from, i + 1), finding.subList(0, i + 1));
                from = i + 1;
            }
        }
    }

    private int regular(List<Group> run, int first, boolean afterCovered) {
        Group start = run.get(first);
        if (start.afterPoint() && !afterCovered && start.digits().length >= 12) {
            return 0;
        }
        int longest = 0;
        for (int end = first + 1; end <= run.size(); end++) {
            if (card(run.subList(first, end))) {
                longest = end;
            }
            if (run.get(end - 1).digits().length < 3) {
                break;
            }
        }
        return longest;
    }

    private static boolean card(List<Group> groups) {
        byte[] digits = digits(groups);
        return !(groups.getFirst().plus() && digits.length < 16) && CardNumbers.valid(digits, 0, digits.length);
    }

    private static byte[] digits(List<Group> groups) {
        int length = groups.stream().mapToInt(group -> group.digits().length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (Group group : groups) {
            System.arraycopy(group.digits(), 0, all, at, group.digits().length);
            at += group.digits().length;
        }
        return all;
    }

    private void replace(List<Group> groups) {
        replaceTail(groups, groups);
    }

    private void replaceTail(List<Group> groups, List<Group> tailOf) {
        byte[] digits = digits(tailOf);
        StringBuilder tail = new StringBuilder();
        for (byte digit : Arrays.copyOfRange(digits, digits.length - 4, digits.length)) {
            tail.append(digit);
        }
        out.append(text, copied, groups.getFirst().from())
                .append("[payment card ****")
                .append(tail)
                .append(']');
        copied = groups.getLast().to();
    }
}
