package dev.gatehouse.launcher;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: {@code 90d}, {@code 24h}, {@code 30m}, {@code 10s} or {@code 0}. */
record TimeSpan(Duration length) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([dhms])|0");

    /** @throws TypeConversionException saying how to write it */
    static TimeSpan parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("'%s' is no time: write one like 90d, 24h, 30m or 10s".formatted(text));
        }
        if (text.equals("0")) {
            return new TimeSpan(Duration.ZERO);
        }
        long count = Long.parseLong(parts.group(1));
        return new TimeSpan(
                switch (parts.group(2)) {
                    case "d" -> Duration.ofDays(count);
                    case "h" -> Duration.ofHours(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofSeconds(count);
                });
    }

    static final class Converter implements ITypeConverter<TimeSpan> {
        @Override
        public TimeSpan convert(String text) {
            return parse(text);
        }
    }
}
