package interlock.neo4j.entity;

import org.neo4j.ogm.annotation.RelationshipEntity;

/** The units of a resource that an action takes while it runs, as {@code (:Action)-[:USES]->(:Resource)}. */
@RelationshipEntity("USES")
public final class UseEntity extends UnitsEntity {
    /** For the object mapper. */
    UseEntity() {}
}
