package interlock.bench;

import java.util.Map;
import java.util.UUID;

/** Fills an empty database with a long history of succeeded plans. */
record FinishedPlans(UUID template, int actions) {
    private static final Statement COPY = Statement.of("copy");
    private static final int SIZE = 1_000;

    /** Applies one plan, and copies it until the database contains that many finished actions. */
    static FinishedPlans fill(Service service, int actions) {
        UUID plan = service.create(Workload.of(Shape.LAYERED, SIZE).document("nop"));
        service.start(plan);
        service.awaitEnd(plan);
        for (int copy = 1; copy < actions / SIZE; copy++) {
            COPY.run(
                    service.driver(),
                    Map.of("plan", plan.toString(), "copy", copy, "prefix", "%08x".formatted(copy)));
            if (copy % 100 == 0) {
                System.err.printf("%,d of %,d finished actions stored%n", copy * SIZE, actions);
            }
        }
        return new FinishedPlans(plan, actions);
    }
}
