/** Interlock stores action plans as graphs in Neo4j and runs their actions as parallel as their dependencies allow. */
@NullMarked
package interlock;

import org.jspecify.annotations.NullMarked;
