package interlock.applier;

import interlock.api.RetryPolicy;
import interlock.model.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An action that an applier has claimed: what it takes to run it and to judge how it went.
 *
 * @param action the action's uuid
 * @param id its name in its plan
 * @param plan its plan's uuid
 * @param planName its plan's name; may be empty
 * @param path the uuid of the alternative path that it belongs to, if it belongs to one
 * @param onFailure its plan's failure policy
 * @param actionType the name of its type
 * @param inputParameters what the type is told
 * @param fence the right to settle it
 * @param failures how many of its attempts have failed
 * @param retry how often it is tried
 * @param timeout how long the attempt may run, if there is a limit
 * @param deadline when the action must have ended, by the database's clock, if there is a limit
 * @param interrupted whether an earlier attempt was cut short: nobody knows how far it came
 * @param revert whether the action undoes another one, of the same type and with the same parameters
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
