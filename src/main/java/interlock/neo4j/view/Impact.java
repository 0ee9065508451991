package interlock.neo4j.view;

import interlock.model.OnFailure;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.PathRef;
import java.util.List;

/**
 * The consequences if an action fails for good.
 *
 * @param action the action
 * @param planUuid its plan's uuid
 * @param onFailure its plan's failure policy
 * @param paths the alternative paths that would be tried, in this order
 * @param cancelled the actions that would be cancelled if no path replaced the action
 * @param waiting the ready actions of all plans that wait for a resource of the action
 * @param summary everything in one sentence
 */
public record Impact(
        ActionRef action,
        String planUuid,
        OnFailure onFailure,
        List<PathRef> paths,
        Cancelled cancelled,
        Waiting waiting,
        String summary) {

    /** The number of actions that would be cancelled, and the first of them. */
    public record Cancelled(long total, List<ActionRef> actions) {
        static final Cancelled NOTHING = new Cancelled(0, List.of());
    }

    /** The number of waiting actions, and those with the highest priority. */
    public record Waiting(long total, List<Waiter> actions) {}

    /**
     * An action that waits for a resource.
     *
     * @param kind the resource's kind
     * @param resource the resource's id
     * @param units the units that it needs
     * @param held the units that the given action holds now
     */
    public record Waiter(
            String planUuid,
            String planName,
            String uuid,
            String id,
            String kind,
            String resource,
            int units,
            int held) {}
}
