package io.karez.transfer;

/// Something that lies in a directory and can be copied.
public sealed interface Entry {

  /// Below the directory, its parts separated by `/`; never empty, and none of its parts is empty,
  /// `.` or `..`.
  String path();

  /// @param mode permissions: the lower nine bits of stat(2)
  record Directory(String path, int mode) implements Entry {
    public Directory {
      requireBelow(path);
    }
  }

  /// @param mode permissions: the lower nine bits of stat(2)
  /// @param seconds of the last change, since 1970; parts of a second are no difference
  record File(String path, int mode, long bytes, long seconds) implements Entry {
    public File {
      requireBelow(path);
    }

    /// Whether nothing says that the content differs.
    public boolean isLike(File other) {
      return bytes == other.bytes && seconds == other.seconds;
    }
  }

  /// A symbolic link.
  ///
  /// @param target as it is written, wherever that leads
  /// @param leadsToDirectory whether it leads to a directory where it lies
  record Link(String path, String target, boolean leadsToDirectory) implements Entry {
    public Link {
      requireBelow(path);
    }
  }

  /// A device, a pipe or a socket, which is never copied.
  record Special(String path) implements Entry {
    public Special {
      requireBelow(path);
    }
  }

  /// @throws IllegalArgumentException when a path could lead elsewhere
  private static void requireBelow(String path) {
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("`" + path + "` does not lie below a directory");
      }
    }
  }
}
