/** A browser's stores for the tests. */
import "fake-indexeddb/auto";
