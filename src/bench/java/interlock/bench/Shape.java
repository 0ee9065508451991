package interlock.bench;

import java.util.Locale;
import java.util.Random;

/** The shape of a plan's graph. */
enum Shape {
    /** Independent actions. */
    WIDE {
        @Override
        int[] parents(int action, int size) {
            return new int[0];
        }
    },
    /** Each action depends on the previous one. */
    CHAIN {
        @Override
        int[] parents(int action, int size) {
            return action == 0 ? new int[0] : new int[] {action - 1};
        }
    },
    /** As many layers as actions per layer; each action depends on three actions of the previous layer. */
    LAYERED {
        @Override
        int[] parents(int action, int size) {
            int width = (int) Math.sqrt(size);
            int layer = action / width;
            if (layer == 0) {
                return new int[0];
            }
            return new Random(action)
                    .ints(0, width)
                    .distinct()
                    .limit(Math.min(PARENTS, width))
                    .map(place -> (layer - 1) * width + place)
                    .toArray();
        }
    },
    /** As from Watcher's planners: layers of two, where each action depends on the whole previous layer. */
    WATCHER {
        @Override
        int[] parents(int action, int size) {
            int layer = action / 2;
            return layer == 0 ? new int[0] : new int[] {2 * layer - 2, 2 * layer - 1};
        }
    };

    private static final int PARENTS = 3;

    /** {@return the parents of an action in a plan of that size} The same in every run. */
    abstract int[] parents(int action, int size);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
