/** Changes of stored plans and actions that people ask for, and the rules of capacities. */
@NullMarked
package interlock.neo4j.control;

import org.jspecify.annotations.NullMarked;
