package interlock.neo4j.duration;

import interlock.api.PlannedAction;
import interlock.model.DurationKey;
import interlock.model.DurationKeys;
import interlock.model.DurationSample;
import interlock.model.ExpectedDuration;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What earlier attempts took, for actions that are alike. */
public final class RecordedDurations {
    private static final Cypher DURATIONS = Cypher.of("read/durations");

    /** With fewer recorded successes of what is alike, all attempts of the type count. */
    private static final int ENOUGH = 3;

    /** With fewer recorded successes, an estimate is not corrected. */
    private static final int ENOUGH_TO_CORRECT = 10;

    private final Map<String, DurationSample> samples;

    /**
     * What matters for the duration of an action.
     *
     * @param actionType its type
     * @param revert whether it undoes another action
     * @param durationKey what its type says of its parameters; may be empty
     * @param estimate its estimate in seconds, if it has one
     */
    public record Kind(String actionType, boolean revert, String durationKey, OptionalDouble estimate) {
        /** {@return the kind of an action that is not stored yet} */
        public static Kind of(PlannedAction action, DurationKeys keys) {
            OptionalDouble estimate = action.estimatedDuration()
                    .map(duration -> OptionalDouble.of(duration.toNanos() / 1e9))
                    .orElseGet(OptionalDouble::empty);
            String key = estimate.isPresent() ? "" : keys.of(action.actionType(), action.inputParameters());
            return new Kind(action.actionType(), false, key, estimate);
        }

        private List<String> keys() {
            return estimate.isPresent()
                    ? DurationKey.ofEstimate(actionType, revert, estimate.getAsDouble()).stream()
                            .toList()
                    : List.of(DurationKey.of(actionType, revert, durationKey), DurationKey.ofType(actionType, revert));
        }
    }

    private RecordedDurations(Map<String, DurationSample> samples) {
        this.samples = samples;
    }

    /** {@return what was recorded for these kinds} */
    public static RecordedDurations read(Transaction tx, Collection<Kind> kinds) {
        Set<String> keys = new HashSet<>();
        Set.copyOf(kinds).forEach(kind -> keys.addAll(kind.keys()));
        Map<String, DurationSample> samples = new HashMap<>();
        if (!keys.isEmpty()) {
            tx.run(DURATIONS, Map.of("keys", List.copyOf(keys)))
                    .forEachRemaining(row -> samples.put(
                            row.get("key").asString(),
                            DurationSample.of(
                                    row.get("durations").asList(value -> value.asDouble()),
                                    row.get("succeeded").asList(value -> value.asBoolean()))));
        }
        return new RecordedDurations(samples);
    }

    /** {@return how long an attempt of this kind is thought to take} */
    public ExpectedDuration of(Kind kind) {
        DurationSample found = DurationSample.NONE;
        for (String key : kind.keys()) {
            DurationSample sample = samples.getOrDefault(key, DurationSample.NONE);
            found = sample.size() > found.size() ? sample : found;
            if (sample.successes() >= ENOUGH) {
                found = sample;
                break;
            }
        }
        return kind.estimate().isPresent()
                ? ExpectedDuration.estimated(
                        kind.estimate().getAsDouble(),
                        found.successes() < ENOUGH_TO_CORRECT ? DurationSample.NONE : found)
                : ExpectedDuration.recorded(found);
    }

    /** {@return the median in seconds; empty if nothing is estimated or recorded} */
    public OptionalDouble median(Kind kind) {
        ExpectedDuration expected = of(kind);
        return kind.estimate().isPresent() || expected.sample().successes() > 0
                ? OptionalDouble.of(expected.seconds(0.5))
                : OptionalDouble.empty();
    }

    /** {@return the number of recorded attempts that the durations of these kinds rest on} */
    public long samples(Collection<Kind> kinds) {
        return Set.copyOf(kinds).stream()
                .map(this::of)
                .map(ExpectedDuration::sample)
                .distinct()
                .mapToLong(DurationSample::size)
                .sum();
    }
}
