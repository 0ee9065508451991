package interlock.neo4j.entity;

import interlock.model.PathState;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.NodeEntity;
import org.neo4j.ogm.annotation.Relationship;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** An alternative path, as {@code (:AlternativePath)}. */
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

    private @Nullable Boolean compensation;

    private @Nullable Boolean inFinally;

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

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its rank among the paths of the same actions} */
    public int rank() {
        return rank;
    }

    /** {@return its state} */
    public StoredState<PathState> state() {
        return StoredState.of(PathState.class, state);
    }

    /** {@return the reason for its state} */
    public @Nullable String statusMessage() {
        return statusMessage;
    }

    /** {@return whether it undoes the goal of what it replaces} */
    public boolean compensation() {
        return compensation != null;
    }

    /** {@return whether its activation aborts running replaced actions} */
    public boolean abortRunning() {
        return abortRunning;
    }

    /** {@return whether its activation reverts succeeded replaced actions} */
    public boolean revert() {
        return revert;
    }

    /** {@return the uuids of the enclosing paths, the outermost first} */
    public List<String> enclosing() {
        return enclosing;
    }

    /** {@return the failure that activated it} */
    public @Nullable String reason() {
        return reason;
    }

    /** {@return the uuid of the wider path that has replaced it} */
    public @Nullable String replacedBy() {
        return replacedBy;
    }

    /** {@return when it was activated} */
    public @Nullable Instant activatedAt() {
        return activatedAt;
    }

    /** {@return when it ended} */
    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** {@return the actions that it replaces, if loaded} */
    public List<ActionEntity> replaces() {
        return replaces;
    }

    /** {@return its own actions, if loaded} */
    public List<ActionEntity> actions() {
        return actions;
    }

    /** {@return the enclosing path, if loaded} */
    public @Nullable AlternativePathEntity within() {
        return within;
    }

    /** {@return the failed action that activated it, if loaded} */
    public @Nullable ActionEntity activatedBy() {
        return activatedBy;
    }

    /** {@return the running replaced actions that it waits for, if loaded} */
    public List<ActionEntity> awaits() {
        return awaits;
    }
}
