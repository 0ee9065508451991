package interlock.web.v1.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.neo4j.view.PlanTiming;
import interlock.schedule.Forecast;
import interlock.schedule.Project;
import interlock.schedule.Schedule;
import interlock.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A forecast of a plan, as the API shows it. Times are seconds from the start of the plan.
 *
 * @param makespanSeconds when the last action ends
 * @param lowerBoundSeconds a lower bound of the makespan of any schedule
 * @param greedyMakespanSeconds the makespan if every action starts as soon as it can, as in the applier; of a dry run
 * @param rule the best priority rule without a search; of a dry run
 * @param baselineMakespanSeconds the makespan that was expected when the plan started
 * @param finishP50 when the plan has ended, or will end with a probability of one half
 * @param finishP90 when it will have ended with a probability of nine tenths
 * @param samples the number of recorded attempts that the probabilities rest on
 * @param simulations how often the rest of the plan was simulated; 0 if all durations are certain
 * @param criticalPath the uuids of the actions on the critical path
 * @param actions the start and end of each action
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ForecastJson(
        double makespanSeconds,
        double lowerBoundSeconds,
        @Nullable Double greedyMakespanSeconds,
        @Nullable String rule,
        @Nullable Double baselineMakespanSeconds,
        @Nullable Instant finishP50,
        @Nullable Instant finishP90,
        @Nullable Long samples,
        @Nullable Integer simulations,
        List<String> criticalPath,
        List<Times> actions) {
    record Times(String uuid, double start, double finish) {}

    /** {@return the shortest schedule found for a plan that is not stored} */
    static ForecastJson of(Project project, Schedule schedule, List<String> uuids) {
        Forecast forecast = Forecast.along(project, schedule.shortest());
        Timetable times = forecast.times();
        return new ForecastJson(
                seconds(times.makespan()),
                seconds(schedule.lowerBound()),
                seconds(schedule.applied().makespan()),
                schedule.rule().name().toLowerCase(Locale.ROOT),
                null,
                null,
                null,
                null,
                null,
                forecast.criticalPath().stream()
                        .map(link -> uuids.get(link.action()))
                        .toList(),
                IntStream.range(0, uuids.size())
                        .mapToObj(action -> new Times(
                                uuids.get(action), seconds(times.start(action)), seconds(times.finish(action))))
                        .toList());
    }

    /** {@return how a stored plan went and will go on} */
    static ForecastJson of(Outlook outlook) {
        PlanTiming timing = outlook.timing();
        return new ForecastJson(
                outlook.makespan(),
                outlook.lowerBound(),
                null,
                null,
                timing.baseline().orElse(outlook.makespan()),
                at(timing, outlook.makespan()),
                at(timing, outlook.late()),
                outlook.samples(),
                outlook.simulations(),
                outlook.criticalPath().steps().stream()
                        .map(step -> timing.work().get(step.action()).uuid())
                        .toList(),
                IntStream.range(0, timing.work().size())
                        .mapToObj(place ->
                                new Times(timing.work().get(place).uuid(), outlook.start(place), outlook.finish(place)))
                        .toList());
    }

    private static Instant at(PlanTiming timing, double seconds) {
        return timing.began().plus(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
