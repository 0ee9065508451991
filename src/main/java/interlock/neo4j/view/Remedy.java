package interlock.neo4j.view;

import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.DiagnosisInput.Asked;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person can do about an action that has failed or was cancelled, as a call of the API.
 *
 * @param method the HTTP method
 * @param path the path of the call
 * @param effect what the call does
 */
public record Remedy(String method, String path, String effect) {
    /** The number of failed actions that a cancelled action names remedies for. */
    private static final int CAUSES = 3;

    /** {@return what can be done now; nothing for actions that need nothing} */
    static List<Remedy> of(DiagnosisInput situation) {
        Asked asked = situation.asked();
        if (asked.replacedBy().isPresent()) {
            return List.of();
        }
        return switch (asked.state()) {
            case FAILED -> afterFailure(asked, List.of(asked.action()));
            case CANCELLED ->
                afterFailure(
                        asked, situation.failedBefore().stream().limit(CAUSES).toList());
            case PENDING, ONGOING, SUCCEEDED, SKIPPED, STANDBY -> List.of();
        };
    }

    /** Single actions are neither skipped nor retried once their plan's actions are being reverted. */
    private static List<Remedy> afterFailure(Asked asked, List<ActionRef> failed) {
        List<Remedy> remedies = new ArrayList<>();
        if (!asked.rollingBack() && !asked.revert()) {
            for (ActionRef action : failed) {
                remedies.add(post(
                        "/v1/actions/%s/skip".formatted(action.uuid()),
                        "skips '%s', with a reason, if it was done by hand; what was cancelled because of it can run"
                                .formatted(action.id())));
                remedies.add(post(
                        "/v1/actions/%s/retry".formatted(action.uuid()),
                        "runs '%s' again, and what was cancelled because of it".formatted(action.id())));
            }
        }
        String plan = "/v1/action_plans/%s/".formatted(asked.planUuid());
        switch (asked.planState()) {
            case FAILED, CANCELLED ->
                remedies.add(post(plan + "retry", "runs all failed, cancelled and reverted actions of the plan again"));
            case ONGOING -> {
                if (asked.paused()) {
                    remedies.add(post(plan + "resume", "lets the plan go on as it is"));
                }
                remedies.add(post(plan + "cancel", "cancels the rest of the plan"));
            }
            case RECOMMENDED, PENDING, CANCELLING, SUCCEEDED, SUPERSEDED, DELETED -> {}
        }
        return List.copyOf(remedies);
    }

    private static Remedy post(String path, String effect) {
        return new Remedy("POST", path, effect);
    }
}
