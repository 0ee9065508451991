package interlock.applier;

/**
 * The right to settle an attempt. An outcome with another token than the one stored with the action is refused.
 *
 * @param applier the applier that claimed the action
 * @param attempt the number of the attempt
 */
public record FencingToken(String applier, int attempt) {}
