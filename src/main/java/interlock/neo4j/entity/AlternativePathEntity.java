package interlock.neo4j.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** What stands in for actions that fail, as {@code (:AlternativePath)}. */
@NodeEntity("AlternativePath")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class AlternativePathEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String uuid = "";

    private String planUuid = "";

    private String name = "";

    private int rank;

    private String state = "";

    private @Nullable String statusMessage;

    private boolean abortRunning;

    private boolean revert;

    private List<String> enclosing = List.of();

    private int unfinished;

    private @Nullable String reason;

    private @Nullable Integer activation;

    private @Nullable Boolean holding;

    private @Nullable String replacedBy;

    private @Nullable String revertRound;

    private @Nullable Integer revertsStored;

    @Convert(TimeConverter.class)
    private @Nullable Instant activatedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant openedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant finishedAt;

    @Relationship(type = "REPLACES")
    private List<ActionEntity> replaces = new ArrayList<>();

    @Relationship(type = "CONTAINS")
    private List<ActionEntity> actions = new ArrayList<>();

    @Relationship(type = "WITHIN")
    private @Nullable AlternativePathEntity within;

    @Relationship(type = "ACTIVATED_BY")
    private @Nullable ActionEntity activatedBy;

    @Relationship(type = "AWAITS")
    private List<ActionEntity> awaits = new ArrayList<>();

    /** For the object mapper. */
    AlternativePathEntity() {}

    /** {@return its uuid} */
    public String uuid() {
        return uuid;
    }

    /** {@return its plan's uuid} */
    public String planUuid() {
        return planUuid;
    }

    /** {@return what people call it} */
    public String name() {
        return name;
    }

    /** {@return its place among those that replace the same action} */
    public int rank() {
        return rank;
    }

    /** {@return its state} */
    public String state() {
        return state;
    }

    /** {@return why it is in its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return whether those of the replaced actions that run are aborted} */
    public boolean abortRunning() {
        return abortRunning;
    }

    /** {@return whether those of the replaced actions that have succeeded are reverted} */
    public boolean revert() {
        return revert;
    }

    /** {@return the uuids of the paths around it, the outermost first} */
    public List<String> enclosing() {
        return enclosing;
    }

    /** {@return the failure for which it was activated} */
    public @Nullable String reason() {
        return reason;
    }

    /** {@return the uuid of the wider path that has taken over from it} */
    public @Nullable String replacedBy() {
        return replacedBy;
    }

    /** {@return when it was activated} */
    public @Nullable Instant activatedAt() {
        return activatedAt;
    }

    /** {@return when it was over} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return what it stands in for} */
    public List<ActionEntity> replaces() {
        return replaces;
    }

    /** {@return what it consists of} */
    public List<ActionEntity> actions() {
        return actions;
    }

    /** {@return the path of whose actions it replaces some} */
    public @Nullable AlternativePathEntity within() {
        return within;
    }

    /** {@return the action for whose failure it was activated} */
    public @Nullable ActionEntity activatedBy() {
        return activatedBy;
    }

    /** {@return what it replaces and waits for, while that runs} */
    public List<ActionEntity> awaits() {
        return awaits;
    }
}
