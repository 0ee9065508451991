/** Interlock stores action plans as graphs in Neo4j and applies them as parallel as their dependencies allow. */
@NullMarked
package interlock;

import org.jspecify.annotations.NullMarked;
