package interlock.neo4j.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** What changed of a plan at once, as {@code (:Revision)}. */
@NodeEntity("Revision")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class RevisionEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String planUuid = "";

    private @Nullable String auditUuid;

    private @Nullable String oldState;

    private @Nullable Long turn;

    private long number;

    @Convert(TimeConverter.class)
    private Instant at = Instant.EPOCH;

    private String state = "";

    private boolean paused;

    private @Nullable String statusMessage;

    private int pending;

    private int ongoing;

    private int succeeded;

    private int failed;

    private int skipped;

    private int cancelled;

    private int standby;

    private String actions = "";

    /** For the object mapper. */
    RevisionEntity() {}

    /** {@return the plan's uuid} */
    public String planUuid() {
        return planUuid;
    }

    /** {@return the plan's revision after the change} */
    public long number() {
        return number;
    }

    /** {@return when it changed} */
    public Instant at() {
        return at;
    }

    /** {@return the plan's state after the change} */
    public String state() {
        return state;
    }

    /** {@return whether nothing new starts after the change} */
    public boolean paused() {
        return paused;
    }

    /** {@return why the plan is in its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return how many actions are PENDING} */
    public int pending() {
        return pending;
    }

    /** {@return how many are ONGOING} */
    public int ongoing() {
        return ongoing;
    }

    /** {@return how many have SUCCEEDED} */
    public int succeeded() {
        return succeeded;
    }

    /** {@return how many have FAILED} */
    public int failed() {
        return failed;
    }

    /** {@return how many were SKIPPED} */
    public int skipped() {
        return skipped;
    }

    /** {@return how many were CANCELLED} */
    public int cancelled() {
        return cancelled;
    }

    /** {@return how many wait in alternative paths} */
    public int standby() {
        return standby;
    }

    /** {@return the actions that changed, as JSON} */
    public String actions() {
        return actions;
    }
}
