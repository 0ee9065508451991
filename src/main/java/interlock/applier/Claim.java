package interlock.applier;

import interlock.api.RetryPolicy;
import interlock.model.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A claimed action, with everything that is needed to run it and to judge its outcome.
 *
 * @param action the action's uuid
 * @param id its id in the plan
 * @param plan its plan's uuid
 * @param planName its plan's name; may be empty
 * @param path the uuid of its alternative path, if it belongs to one
 * @param onFailure the failure policy that applies to it
 * @param actionType the name of its type
 * @param inputParameters its input parameters
 * @param fence the fencing token to settle it with
 * @param failures the number of its failed attempts
 * @param retry its retry policy
 * @param timeout the limit for the attempt, if there is one
 * @param deadline when the action must have ended, by the database's clock, if there is a limit
 * @param interrupted whether an earlier attempt was interrupted with an unknown outcome
 * @param revert whether the action reverts another one, of the same type and with the same parameters
 * @param claimed when it was claimed, by the database's clock
 * @param waited how long it was ready before it was claimed
 */
public record Claim(
        UUID action,
        String id,
        UUID plan,
        String planName,
        Optional<UUID> path,
        OnFailure onFailure,
        String actionType,
        Map<String, Object> inputParameters,
        FencingToken fence,
        int failures,
        RetryPolicy retry,
        Optional<Duration> timeout,
        Optional<Instant> deadline,
        boolean interrupted,
        boolean revert,
        Instant claimed,
        Duration waited) {}
