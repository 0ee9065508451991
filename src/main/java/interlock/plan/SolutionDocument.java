package interlock.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import interlock.action.SchemaErrors;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.InvalidPlan;
import interlock.model.ValidationErrors;

/**
 * Reads a solution that is planned but not stored: its actions need no ids, and their types and parameters are not
 * checked.
 */
public final class SolutionDocument {
    private static final Schema SCHEMA = PlanDocument.schema("solution");

    private SolutionDocument() {}

    /**
     * A solution and its options.
     *
     * @param solution its actions are named by their places in the document
     * @param options for its planner
     */
    public record Wanted(Solution solution, PlannerOptions options) {}

    /**
     * {@return the solution and its planner options}
     *
     * @throws InvalidPlan with all errors of the document
     */
    public static Wanted read(JsonNode document, int maxActions) {
        DocumentGraphs.refuseTooLarge(document, maxActions);
        ValidationErrors faults = new ValidationErrors();
        faults.addAll(SchemaErrors.of(SCHEMA, document, ""));
        nameActions(document.path("actions"));
        DocumentGraphs graphs = new DocumentGraphs(document, faults);
        ActionReader reader = ActionReader.ofAnyTypes(faults);
        Solution solution = new Solution(reader.read(graphs.plan()));
        PlannerOptions options =
                PlannerOptionsDocument.readChecked(document.path("planner_options"), "planner_options", faults);
        if (!faults.isEmpty()) {
            throw new InvalidPlan(faults);
        }
        return new Wanted(solution, options);
    }

    private static void nameActions(JsonNode actions) {
        for (int place = 0; place < actions.size(); place++) {
            if (actions.path(place) instanceof ObjectNode action && !action.has("id")) {
                action.put("id", "actions[%d]".formatted(place));
            }
        }
    }
}
