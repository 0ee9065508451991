package interlock.neo4j.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.EndNode;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.RelationshipEntity;
import org.neo4j.ogm.annotation.StartNode;
import org.neo4j.ogm.annotation.typeconversion.Convert;

/** A current or former dependency, as {@code (:Action)-[:DEPENDS_ON]->(:Action)}. */
@RelationshipEntity("DEPENDS_ON")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class DependencyEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    @StartNode
    private @Nullable ActionEntity child;

    @EndNode
    private ActionEntity parent = new ActionEntity();

    private @Nullable String via;

    private @Nullable String replacedBy;

    @Convert(TimeConverter.class)
    private @Nullable Instant replacedAt;

    /** For the object mapper. */
    DependencyEntity() {}

    /** {@return the parent} */
    public ActionEntity parent() {
        return parent;
    }

    /** {@return the uuid of the alternative path that added it} */
    public @Nullable String via() {
        return via;
    }

    /** {@return the uuid of the alternative path that removed it} */
    public @Nullable String replacedBy() {
        return replacedBy;
    }

    /** {@return when it was removed} */
    public @Nullable Instant replacedAt() {
        return replacedAt;
    }
}
