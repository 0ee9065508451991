package interlock.neo4j.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** The common properties of audits and audit templates. A name is unique among those that are not deleted; deleted ones are kept. */
@SuppressWarnings("UnusedVariable") // the object mapper reads what is not read here
public abstract class NamedEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    private String uuid = "";

    private String name = "";

    private @Nullable String activeName;

    private long number;

    private String state = "";

    private String goal = "";

    private @Nullable String strategy;

    private String scope = "";

    @Convert(TimeConverter.class)
    private Instant createdAt = Instant.EPOCH;

    @Convert(TimeConverter.class)
    private @Nullable Instant updatedAt;

    @Convert(TimeConverter.class)
    private @Nullable Instant deletedAt;

    /** For the object mapper. */
    NamedEntity() {}

    /** Sets its uuid, its number and the time of its creation. */
    public void create(String itsUuid, long itsNumber, Instant at) {
        uuid = itsUuid;
        number = itsNumber;
        createdAt = at;
        activeName = name;
    }

    /** Sets the time of its last change. */
    public void change(Instant at) {
        updatedAt = at;
        activeName = deletedAt == null ? name : null;
    }

    /** Sets the time of its deletion and releases its name. */
    public void delete(Instant at) {
        deletedAt = at;
        change(at);
    }

    /** Sets its name. */
    public void setName(String name) {
        this.name = name;
    }

    void setStoredState(String state) {
        this.state = state;
    }

    /** Sets its goal. */
    public void setGoal(String goal) {
        this.goal = goal;
    }

    /** Sets its strategy, or none. */
    public void setStrategy(@Nullable String strategy) {
        this.strategy = strategy;
    }

    /** Sets its scope, as JSON. */
    public void setScope(String scope) {
        this.scope = scope;
    }

    /** {@return its uuid} */
    public String uuid() {
        return uuid;
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return the stored name of its state} */
    public String storedState() {
        return state;
    }

    /** {@return the name of its goal} */
    public String goal() {
        return goal;
    }

    /** {@return the name of its strategy} */
    public @Nullable String strategy() {
        return strategy;
    }

    /** {@return its scope, as JSON} */
    public String scope() {
        return scope;
    }

    /** {@return when it was stored} */
    public Instant createdAt() {
        return createdAt;
    }

    /** {@return when it last changed} */
    public @Nullable Instant updatedAt() {
        return updatedAt;
    }

    /** {@return when it was deleted} */
    public @Nullable Instant deletedAt() {
        return deletedAt;
    }
}
