package interlock.web.watcher;

import interlock.neo4j.store.AuditStore.Schedule;
import interlock.web.http.Problem;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** The interval and the times of audits, in the format of Watcher's clients. */
final class Schedules {
    private static final String SECONDS = "[1-9]\\d*";
    private static final String CRON = "\\S+( +\\S+){4,6}";

    private Schedules() {}

    /** {@return the schedule after a patch} */
    static Schedule patched(Schedule before, JsonPatch patch) {
        return new Schedule(
                patch.value("/interval").map(Schedules::interval).orElse(before.interval()),
                patch.value("/start_time").map(text -> utc("start_time", text)).orElse(before.startTime()),
                patch.value("/end_time").map(text -> utc("end_time", text)).orElse(before.endTime()));
    }

    private static String interval(String text) {
        if (!text.matches(SECONDS) && !text.matches(CRON)) {
            throw invalid("interval", text, "Expected a number of seconds, or a cron expression.");
        }
        return text;
    }

    /** A time without an offset is in UTC, as in Watcher. */
    private static LocalDateTime utc(String name, String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
            ZonedDateTime there = time instanceof OffsetDateTime exact
                    ? exact.toZonedDateTime()
                    : LocalDateTime.from(time).atZone(ZoneId.systemDefault());
            return there.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        } catch (DateTimeException _) {
            throw invalid(name, text, "Expected a time such as 2026-11-22T14:00:00.");
        }
    }

    private static Problem invalid(String name, String value, String rule) {
        return Problem.badRequest("Invalid input for field/attribute %s. Value: '%s'. %s".formatted(name, value, rule));
    }

    /** {@return a time in Watcher's format for schedules: in UTC, without an offset} */
    static @Nullable String wire(@Nullable LocalDateTime time) {
        return time == null ? null : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
}
