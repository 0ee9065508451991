package interlock.neo4j.entity;

import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.annotation.EndNode;
import org.neo4j.ogm.annotation.GeneratedValue;
import org.neo4j.ogm.annotation.Id;
import org.neo4j.ogm.annotation.RelationshipEntity;
import org.neo4j.ogm.annotation.StartNode;

/** A plan whose ready actions wait for a resource. */
@RelationshipEntity("WAITS_FOR")
@SuppressWarnings("UnusedVariable") // the object mapper writes what is not read here
public final class WaitEntity {
    @Id
    @GeneratedValue
    private @Nullable Long graphId;

    @StartNode
    private @Nullable ActionPlanEntity plan;

    @EndNode
    private ResourceEntity resource = new ResourceEntity();

    private double longest;

    /** For the object mapper. */
    WaitEntity() {}

    /** {@return the resource} */
    public ResourceEntity resource() {
        return resource;
    }

    /** {@return the longest remaining path of the waiting actions, in seconds, at least} */
    public double longest() {
        return longest;
    }
}
