package interlock.plan;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.model.DurationText;
import interlock.model.ValidationError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads durations of documents and collects their errors. A field that is not a text is an error of the schema. */
final class DurationFields {
    private DurationFields() {}

    /** {@return the duration of a field, if it has a valid one} */
    static Optional<Duration> read(JsonNode parent, String field, String path, List<ValidationError> faults) {
        if (!parent.path(field).isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationText.parse(parent.path(field).asText()));
        } catch (IllegalArgumentException e) {
            faults.add(new ValidationError(path, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** {@return the duration of a field, which must be longer than zero} */
    static Optional<Duration> readLimit(JsonNode parent, String field, String path, List<ValidationError> faults) {
        Optional<Duration> limit = read(parent, field, path, faults);
        if (limit.filter(Duration::isZero).isPresent()) {
            faults.add(new ValidationError(path, "must be longer than zero"));
        }
        return limit;
    }
}
