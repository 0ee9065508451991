package interlock.schedule;

/** Operations on orders of actions. */
final class Orders {
    private Orders() {}

    /** Reverses an order in place. */
    static void reverse(int[] order) {
        for (int low = 0, high = order.length - 1; low < high; low++, high--) {
            int held = order[low];
            order[low] = order[high];
            order[high] = held;
        }
    }

    /** Sorts by a key, highest first; stable. Fast for nearly sorted orders. */
    static void sortDescending(int[] order, long[] key, int[] scratch) {
        sort(order, key, scratch, 0, order.length);
    }

    private static void sort(int[] order, long[] key, int[] scratch, int from, int to) {
        if (to - from <= 16) {
            insert(order, key, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, key, scratch, from, middle);
        sort(order, key, scratch, middle, to);
        if (key[order[middle - 1]] >= key[order[middle]]) {
            return;
        }
        System.arraycopy(order, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        for (int at = from; left < middle; at++) {
            if (right < to && key[order[right]] > key[scratch[left]]) {
                order[at] = order[right++];
            } else {
                order[at] = scratch[left++];
            }
        }
    }

    private static void insert(int[] order, long[] key, int from, int to) {
        for (int next = from + 1; next < to; next++) {
            int action = order[next];
            int at = next;
            while (at > from && key[order[at - 1]] < key[action]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = action;
        }
    }
}
