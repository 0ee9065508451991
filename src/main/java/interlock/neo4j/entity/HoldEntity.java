package interlock.neo4j.entity;

import org.neo4j.ogm.annotation.RelationshipEntity;

/** The units of a resource that a running action has taken, as {@code (:Action)-[:HOLDS]->(:Resource)}. */
@RelationshipEntity("HOLDS")
public final class HoldEntity extends UnitsEntity {
    /** For the object mapper. */
    HoldEntity() {}
}
