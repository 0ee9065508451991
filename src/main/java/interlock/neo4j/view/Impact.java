package interlock.neo4j.view;

import interlock.model.OnFailure;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.PathRef;
import java.util.List;

/**
 * What follows if an action fails for good.
 *
 * @param action which action
 * @param planUuid its plan
 * @param onFailure its plan's failure policy
 * @param paths the alternative paths that would be tried, in this order
 * @param cancelled what would not run, if nothing took the action's place
 * @param waiting the ready actions of all plans that wait for a resource which it takes
 * @param summary all of it in one sentence
 */
public record Impact(
        ActionRef action,
        String planUuid,
        OnFailure onFailure,
        List<PathRef> paths,
        Cancelled cancelled,
        Waiting waiting,
        String summary) {

    /** The first of the actions that would not run, and how many there are. */
    public record Cancelled(long total, List<ActionRef> actions) {
        static final Cancelled NOTHING = new Cancelled(0, List.of());
    }

    /** The most urgent of the actions that wait, and how many there are. */
    public record Waiting(long total, List<Waiter> actions) {}

    /**
     * An action that waits for a resource.
     *
     * @param kind the resource's kind
     * @param resource the resource's id
     * @param units how many units of it the action wants
     * @param held how many the action that is asked about holds now
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
