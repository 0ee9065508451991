package interlock.neo4j;

import interlock.applier.PlanBuilder;
import interlock.model.NewPlan;
import java.util.stream.IntStream;

/** A plan with more paths than anybody can count: each action depends on all of the layer before. */
public final class LayeredPlan {
    private LayeredPlan() {}

    /** {@return the plan} The ids are {@code layer/place}. */
    public static NewPlan of(int layers, int width) {
        PlanBuilder plan = PlanBuilder.plan();
        for (int layer = 0; layer < layers; layer++) {
            int before = layer - 1;
            String[] parents = layer == 0
                    ? new String[0]
                    : IntStream.range(0, width)
                            .mapToObj(place -> before + "/" + place)
                            .toArray(String[]::new);
            for (int place = 0; place < width; place++) {
                plan.action(layer + "/" + place, parents);
            }
        }
        return plan.build();
    }
}
