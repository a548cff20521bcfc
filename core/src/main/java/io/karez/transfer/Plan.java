package io.karez.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What has to be done so that a directory holds what another one does. Nothing is ever removed.
///
/// A file is the same when its size and the second of its last change are. What is a directory
/// there already stays as it is, also when it is a link to one.
///
/// @param directories to be made, each before those in it
/// @param files to be copied
/// @param links to be made, in place of what has their name
/// @param modes of files that are the same otherwise
/// @param blocked what cannot be copied, because something else is in its way
/// @param same how many files are the same
/// @param through directories that are links to directories there
public record Plan(
    List<Entry.Directory> directories,
    List<Entry.File> files,
    List<Entry.Link> links,
    List<Entry.File> modes,
    List<Unfit> blocked,
    int same,
    List<String> through) {

  public Plan {
    directories = List.copyOf(directories);
    files = List.copyOf(files);
    links = List.copyOf(links);
    modes = List.copyOf(modes);
    blocked = List.copyOf(blocked);
    through = List.copyOf(through);
  }

  public boolean isDone() {
    return directories.isEmpty() && files.isEmpty() && links.isEmpty() && modes.isEmpty();
  }

  public long bytes() {
    return Listing.bytes(files);
  }

  /// @param there at least what has the paths of the first and of the directories that they lie in
  public static Plan of(Listing wanted, Listing there) {
    return of(wanted, there, true);
  }

  /// What has to be fetched into a directory of this machine. A site may be anybody's, and a link
  /// that came from there leads anywhere: what would go through one is blocked.
  ///
  /// @param root itself may be a link
  public static Plan into(Path root, Listing wanted) {
    Listing whole = wanted.withParents();
    return of(whole, DirectoryWalk.at(root, whole.paths()), false);
  }

  static Plan of(Listing wanted, Listing there, boolean throughLinks) {
    Builder builder = new Builder(there.byPath(), throughLinks);
    wanted.entries().forEach(builder::add);
    return builder.plan();
  }

  private static final class Builder {
    private final Map<String, Entry> there;
    private final boolean throughLinks;
    private final List<Entry.Directory> directories = new ArrayList<>();
    private final List<Entry.File> files = new ArrayList<>();
    private final List<Entry.Link> links = new ArrayList<>();
    private final List<Entry.File> modes = new ArrayList<>();
    private final List<Unfit> blocked = new ArrayList<>();
    private final Set<String> notDirectories = new TreeSet<>();
    private final List<String> through = new ArrayList<>();
    private int same;

    Builder(Map<String, Entry> there, boolean throughLinks) {
      this.there = there;
      this.throughLinks = throughLinks;
    }

    void add(Entry entry) {
      Optional<String> parent = Listing.parent(entry.path());
      if (parent.filter(notDirectories::contains).isPresent()) {
        notDirectories.add(entry.path());
        return;
      }
      Optional<Entry> other = Optional.ofNullable(there.get(entry.path()));
      switch (entry) {
        case Entry.Directory directory -> directory(directory, other);
        case Entry.File file -> file(file, other);
        case Entry.Link link -> link(link, other);
        case Entry.Special special -> block(special, "neither a file nor a directory");
      }
    }

    private void directory(Entry.Directory directory, Optional<Entry> other) {
      if (other.isEmpty()) {
        directories.add(directory);
      } else if (!isDirectory(other.get())) {
        notDirectories.add(directory.path());
        block(directory, "something else stands in the way of this directory");
      } else if (other.get() instanceof Entry.Link && !throughLinks) {
        notDirectories.add(directory.path());
        block(directory, "a link stands in the way of this directory");
      } else if (other.get() instanceof Entry.Link) {
        through.add(directory.path());
      }
    }

    private void file(Entry.File file, Optional<Entry> other) {
      notDirectories.add(file.path());
      if (other.isPresent() && other.get() instanceof Entry.File old && file.isLike(old)) {
        same++;
        if (file.mode() != old.mode()) {
          modes.add(file);
        }
      } else if (other.filter(Entry.Directory.class::isInstance).isPresent()) {
        block(file, "a directory stands in the way of this file");
      } else if (other.filter(Entry.Special.class::isInstance).isPresent()) {
        block(file, "neither a file nor a directory stands in its way");
      } else {
        files.add(file);
      }
    }

    private void link(Entry.Link link, Optional<Entry> other) {
      notDirectories.add(link.path());
      if (other.isPresent()
          && other.get() instanceof Entry.Link old
          && old.target().equals(link.target())) {
        return;
      }
      if (other.filter(Entry.Directory.class::isInstance).isPresent()) {
        block(link, "a directory stands in the way of this link");
      } else {
        links.add(link);
      }
    }

    private static boolean isDirectory(Entry entry) {
      return entry instanceof Entry.Directory
          || (entry instanceof Entry.Link link && link.leadsToDirectory());
    }

    private void block(Entry entry, String why) {
      blocked.add(new Unfit(entry.path(), why));
    }

    Plan plan() {
      return new Plan(directories, files, links, modes, blocked, same, through);
    }
  }
}
