package interlock.applier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What may be done to the stored plans within one advance. */
public interface Turn {
    /** {@return the time, by the database's clock, at which the advance began} */
    Instant now();

    /** Says how many candidates will be asked for, so that they may be looked up with what is done before. */
    void expect(int candidates);

    /** {@return how many actions the graph says this applier ran when the advance began} */
    int running();

    /** {@return the actions that the graph says this applier runs} */
    List<Claim> ownClaims();

    /** {@return which of the attempts that this applier runs are to be aborted, and why} */
    Map<Attempt, String> aborts();

    /** {@return the standing of these claims' actions, where it is not {@link Standing#RUNNING}} */
    Map<UUID, Standing> standings(List<Claim> claims);

    /** {@return what those appliers were running whose lease has run out} They are marked as lost. */
    List<Claim> claimsOfTheLost();

    /** Stores what running attempts have told of themselves, as far as their fences hold. */
    void report(List<ProgressReport> reports);

    /**
     * Stores how attempts ended and all that follows from it: retries, unlocked children, alternative paths, what
     * the plan's failure policy asks for.
     *
     * @return those that were refused, because their fence no longer holds
     */
    List<Settlement> settle(List<Settlement> settlements);

    /** Opens what its time has come for: plans that were started, actions whose wait is over. */
    void open();

    /**
     * {@return whether there are new candidates} Lets those that wait for resources compete again, as far as there are
     * free units, but none that was put aside in this advance.
     */
    boolean unpark();

    /** {@return ready actions that wait for no resource, the most urgent first} */
    List<Candidate> candidates(int limit);

    /** Claims what was chosen, for this applier. What must wait for a resource is put aside. */
    void claim(Picker.Picks picks);

    /** {@return how long until the next retry is due, if one is} */
    Optional<Duration> nextDue();

    /** {@return what was claimed} With this the advance is over: nothing is changed after it. */
    List<Claim> claimed();
}
