package interlock.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.action.ActionTypes;
import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.planner.ExplicitPlanner;
import interlock.planner.InstanceHosts;
import interlock.planner.Planners;
import interlock.planner.WeightPlanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fixture of tests of plan documents: planners that add and drop actions, and methods that read documents and their errors. */
abstract class PlanDocumentFixture {
    static final int MOST = 20;
    private static final YAMLMapper YAML = new YAMLMapper();

    final PlanDocument documents = new PlanDocument(
            ActionTypes.own(),
            new Planners(
                    List.of(new ExplicitPlanner(), new OneAfterAnother(), new Forgetful(), new WeightPlanner()),
                    Map.of(),
                    InstanceHosts.UNKNOWN),
            Capacities.DEFAULT,
            MOST);

    static PlanDocument generous() {
        return new PlanDocument(
                ActionTypes.own(),
                new Planners(List.of(new ExplicitPlanner()), Map.of(), InstanceHosts.UNKNOWN),
                Capacities.DEFAULT,
                100_000);
    }

    NewPlan read(String document) {
        return documents.read(tree(document), Optional.empty());
    }

    List<String> faults(String document) {
        var invalid = catchThrowableOfType(InvalidPlan.class, () -> read(document));
        assertThat(invalid).as("the document is refused").isNotNull();
        return invalid.faults().stream()
                .map(fault -> fault.path() + ": " + fault.message())
                .toList();
    }

    static JsonNode tree(String document) {
        try {
            return YAML.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names(NewPlan plan) {
        return plan.alternatives().stream().map(AlternativePath::name).toList();
    }

    static List<String> ids(ActionGraph graph) {
        return ids(graph.actions());
    }

    static List<String> ids(List<PlannedAction> actions) {
        return actions.stream().map(PlannedAction::id).toList();
    }

    /** Each action waits for the one before. */
    record OneAfterAnother(String name) implements Planner {
        OneAfterAnother() {
            this("one_after_another");
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
            List<PlannedAction> planned = new ArrayList<>();
            for (PlannedAction action : solution.actions()) {
                Set<String> parents = new LinkedHashSet<>(action.parents());
                if (!planned.isEmpty()) {
                    parents.add(planned.getLast().id());
                }
                planned.add(action.withParents(parents));
            }
            return planned;
        }
    }

    /** Keeps the first action only. */
    static final class Forgetful implements Planner {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
            return solution.actions().subList(0, 1);
        }
    }
}
