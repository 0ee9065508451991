package interlock.web.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.schedule.Forecast;
import interlock.schedule.Project;
import interlock.schedule.Schedule;
import interlock.schedule.Timetable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A forecast of a plan, as the API shows it. Times are seconds from the start of the plan.
 *
 * @param makespanSeconds when the last action ends
 * @param lowerBoundSeconds a lower bound of the makespan of any schedule
 * @param greedyMakespanSeconds the makespan if every action starts as soon as it can, as in the applier
 * @param rule the best priority rule without a search
 * @param criticalPath the uuids of the actions on the critical path
 * @param actions the start and end of each action
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ForecastJson(
        double makespanSeconds,
        double lowerBoundSeconds,
        @Nullable Double greedyMakespanSeconds,
        @Nullable String rule,
        List<String> criticalPath,
        List<Times> actions) {
    record Times(String uuid, double start, double finish) {}

    /** {@return the shortest schedule found for a plan that is not stored} */
    static ForecastJson of(Project project, Schedule schedule, List<String> uuids) {
        return of(
                Forecast.along(project, schedule.shortest()),
                schedule.lowerBound(),
                seconds(schedule.applied().makespan()),
                schedule.rule().name().toLowerCase(Locale.ROOT),
                uuids);
    }

    /** {@return the schedule that the applier will follow} */
    static ForecastJson of(Forecast forecast, long lowerBound, List<String> uuids) {
        return of(forecast, lowerBound, null, null, uuids);
    }

    private static ForecastJson of(
            Forecast forecast, long lowerBound, @Nullable Double greedy, @Nullable String rule, List<String> uuids) {
        Timetable times = forecast.times();
        return new ForecastJson(
                seconds(times.makespan()),
                seconds(lowerBound),
                greedy,
                rule,
                forecast.criticalPath().stream()
                        .map(link -> uuids.get(link.action()))
                        .toList(),
                IntStream.range(0, uuids.size())
                        .mapToObj(action -> new Times(
                                uuids.get(action), seconds(times.start(action)), seconds(times.finish(action))))
                        .toList());
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
