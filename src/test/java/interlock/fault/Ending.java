package interlock.fault;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan came to.
 *
 * @param state its state
 * @param message its status message
 * @param actions the states of its actions, reverts included, by their ids
 * @param paths by the names of its paths: their states, and for which action they stood in
 * @param done what was done in the world, and not undone
 */
record Ending(String state, String message, Map<String, String> actions, Map<String, String> paths, Set<String> done) {
    /** {@return the same, but for the state of one action} */
    Ending with(String action, String actionState) {
        Map<String, String> others = new TreeMap<>(actions);
        others.put(action, actionState);
        return new Ending(state, message, others, paths, done);
    }
}
