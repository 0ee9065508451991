package interlock.web.v1.forecast;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.neo4j.view.PlannedWork;
import interlock.schedule.CriticalPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan's critical path, as the API shows it.
 *
 * @param seconds from the start of the plan to its last action's end; the waits and runs of the steps add up to it
 * @param steps the earliest first
 */
record CriticalPathJson(double seconds, List<Step> steps) {
    @JsonNaming(SnakeCaseStrategy.class)
    record Step(
            String uuid,
            String id,
            String state,
            double waitedSeconds,
            @Nullable String waitedFor,
            double ranSeconds) {}

    static CriticalPathJson of(CriticalPath path, List<PlannedWork> work) {
        return new CriticalPathJson(
                path.seconds(),
                path.steps().stream()
                        .map(step -> new Step(
                                work.get(step.action()).uuid(),
                                work.get(step.action()).id(),
                                work.get(step.action()).state().name(),
                                step.waited(),
                                step.waitedFor().orElse(null),
                                step.ran()))
                        .toList());
    }
}
