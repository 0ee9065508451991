package interlock.schedule;

import interlock.schedule.RandomProjects.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how far makespans are from the critical path, as is usual for PSPLIB, on random projects made in the same way:
 *
 * <pre>
 * mvn -q test-compile
 * java -cp target/classes:target/test-classes interlock.schedule.Deviation 60 1s
 * java -cp target/classes:target/test-classes interlock.schedule.Deviation 120 5000 2
 * </pre>
 *
 * The arguments: how many actions (120 means J120's tighter resources); a budget for each, of seconds ({@code 0.2s}) or of
 * schedules; how many projects of each shape.
 */
final class Deviation {
    private Deviation() {}

    public static void main(String[] arguments) {
        int actions = Integer.parseInt(arguments[0]);
        String limit = arguments[1];
        int each = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        Budget budget = limit.endsWith("s")
                ? Budget.of(
                        Duration.ofNanos(Math.round(Double.parseDouble(limit.substring(0, limit.length() - 1)) * 1e9)),
                        System::nanoTime,
                        1)
                : Budget.ofSchedules(Long.parseLong(limit), 1);
        List<Shape> shapes = actions == 120 ? RandomProjects.tightShapes(actions) : RandomProjects.shapes(actions);
        RandomProjects projects = new RandomProjects(7);
        List<double[]> all = new ArrayList<>();
        for (int time = 0; time < each; time++) {
            for (Shape shape : shapes) {
                all.add(deviations(projects.next(shape), budget));
            }
        }
        System.out.printf(
                "%d projects of %d actions, %s each: above the critical path, on average%n",
                all.size(), actions, limit);
        String[] names = {"one pass of LATEST_FINISH", "best rule", "applied", "shortest", "lower bound"};
        for (int column = 0; column < names.length; column++) {
            int of = column;
            double mean = all.stream().mapToDouble(its -> its[of]).average().orElse(0);
            System.out.printf("  %-26s %6.2f %%%n", names[column], mean);
        }
    }

    private static double[] deviations(Project project, Budget budget) {
        Network network = Network.of(project);
        double path = Arrays.stream(network.remainingPaths()).max().orElse(0);
        Schedule schedule = Scheduler.schedule(project, budget);
        return new double[] {
            100 * (Greedy.run(network, Rule.LATEST_FINISH.order(network)).makespan() / path - 1),
            100 * (schedule.byRule().makespan() / path - 1),
            100 * (schedule.applied().makespan() / path - 1),
            100 * (schedule.shortest().makespan() / path - 1),
            100 * (schedule.lowerBound() / path - 1)
        };
    }
}
