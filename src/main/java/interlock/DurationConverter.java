package interlock;

import interlock.model.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Converts durations in Interlock's format; zero needs no unit. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return text.strip().equals("0") ? Duration.ZERO : DurationText.parse(text);
    }
}
