package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Selection;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

/// A directory of a site, looked at and changed through SFTP. What is asked of many files is asked
/// at once, and takes as long as for one.
///
/// @param directory absolute, or as it is seen from the home directory
record FarDirectory(SftpLink link, String directory) {

  /// @param path may be empty
  FarDirectory below(String path) {
    return path.isEmpty() ? this : new FarDirectory(link, directory + "/" + path);
  }

  /// How the server knows a path below it; the server begins in the home directory.
  String path(String path) {
    return root() + "/" + path;
  }

  private String root() {
    if (directory.equals("~")) {
      return ".";
    }
    return directory.startsWith("~/") ? "./" + directory.substring(2) : directory;
  }

  /// What there is of these paths; empty when the directory is missing. Nothing is asked of what
  /// lies in directories that are among the paths and missing.
  Listing at(List<String> paths) throws TransportException {
    Set<String> parents = new HashSet<>();
    paths.forEach(path -> parents.add(parent(path)));
    List<String> directories = paths.stream().filter(parents::contains).toList();
    List<Entry> found = look(directories);
    Set<String> missing = new HashSet<>(directories);
    found.forEach(entry -> missing.remove(entry.path()));
    found.addAll(
        look(
            paths.stream()
                .filter(path -> !parents.contains(path) && !missing.contains(parent(path)))
                .toList()));
    return new Listing(FarLinks.read(link.session(), this, found));
  }

  private List<Entry> look(List<String> paths) throws TransportException {
    SftpSession session = link.session();
    List<Future<SftpReply>> replies = new ArrayList<>();
    for (String path : paths) {
      replies.add(session.ask(new SftpPacket(SftpPacket.LSTAT).text(path(path))));
    }
    List<Entry> found = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      SftpReply reply = session.get(replies.get(i));
      if (reply.isGood()) {
        found.add(reply.attributes().entry(paths.get(i)));
      }
    }
    return found;
  }

  /// What lies at these paths and below them.
  ///
  /// @param paths that exist; the whole directory when empty
  /// @param apart paths that are left out
  Selection below(List<String> paths, List<String> apart) throws TransportException {
    return new FarWalk(this, Set.copyOf(apart)).over(paths);
  }

  /// The directory as programs there see it, without links.
  String absolute() throws TransportException {
    SftpReply reply = link.session().now(new SftpPacket(SftpPacket.REALPATH).text(root()));
    if (!reply.isGood()) {
      throw unfit("there is no directory `%s`".formatted(directory), reply);
    }
    return reply.name();
  }

  /// Makes it, with those that it lies in, and directories below it. Those that exist stay as they
  /// are.
  ///
  /// @return which of those below it are still missing, without those in one of these
  /// @throws UncheckedIOException when the directory itself cannot be made
  List<Unfit> make(List<Entry.Directory> directories) throws TransportException {
    makeRoot();
    SftpSession session = link.session();
    List<Future<SftpReply>> made = new ArrayList<>();
    List<Future<SftpReply>> seen = new ArrayList<>();
    for (Entry.Directory one : directories) {
      String path = path(one.path());
      made.add(session.ask(new SftpPacket(SftpPacket.MKDIR).text(path).mode(one.mode() | 0700)));
      seen.add(session.ask(new SftpPacket(SftpPacket.STAT).text(path)));
    }
    List<Unfit> failed = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    List<Future<SftpReply>> permitted = new ArrayList<>();
    for (int i = 0; i < directories.size(); i++) {
      Entry.Directory one = directories.get(i);
      SftpReply reply = session.get(made.get(i));
      SftpReply now = session.get(seen.get(i));
      if (!now.isGood() || !now.attributes().isDirectory()) {
        missing.add(one.path());
        if (!missing.contains(parent(one.path()))) {
          failed.add(new Unfit(one.path(), "cannot be made there: " + reply.why()));
        }
      } else if (reply.isGood() && (now.attributes().mode() & 0777) != (one.mode() | 0700)) {
        // what says which group the files in it get stays
        int mode = (now.attributes().mode() & 07000) | one.mode() | 0700;
        permitted.add(
            session.ask(new SftpPacket(SftpPacket.SETSTAT).text(path(one.path())).mode(mode)));
      }
    }
    for (Future<SftpReply> reply : permitted) {
      session.get(reply);
    }
    return failed;
  }

  private void makeRoot() throws TransportException {
    SftpSession session = link.session();
    SftpPacket look = new SftpPacket(SftpPacket.STAT).text(root());
    SftpReply found = session.now(look);
    if (found.isGood() && found.attributes().isDirectory()) {
      return;
    }
    for (int slash = root().indexOf('/', 1); slash >= 0; slash = root().indexOf('/', slash + 1)) {
      mkdir(session, root().substring(0, slash));
    }
    SftpReply made = mkdir(session, root());
    SftpReply now = session.now(look);
    if (!now.isGood() || !now.attributes().isDirectory()) {
      throw unfit("cannot make `%s` there".formatted(directory), made);
    }
  }

  private static SftpReply mkdir(SftpSession session, String path) throws TransportException {
    return session.now(new SftpPacket(SftpPacket.MKDIR).text(path).asItIs());
  }

  /// Makes links, in place of what has their names.
  ///
  /// @return those that could not be made
  List<Unfit> link(List<Entry.Link> links) throws TransportException {
    SftpSession session = link.session();
    List<Future<SftpReply>> made = new ArrayList<>();
    List<Future<SftpReply>> named = new ArrayList<>();
    for (Entry.Link one : links) {
      String draft = path(beside(one.path(), DirectoryWalk.UNFINISHED + "-link"));
      session.tell(new SftpPacket(SftpPacket.REMOVE).text(draft));
      // OpenSSH takes the two the other way round than the draft has them
      made.add(session.ask(new SftpPacket(SftpPacket.SYMLINK).text(one.target()).text(draft)));
      named.add(session.ask(rename(draft, path(one.path()))));
    }
    List<Unfit> failed = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      SftpReply first = session.get(made.get(i));
      SftpReply second = session.get(named.get(i));
      if (!first.isGood() || !second.isGood()) {
        String why = first.isGood() ? second.why() : first.why();
        failed.add(new Unfit(links.get(i).path(), "the link cannot be made there: " + why));
      }
    }
    return failed;
  }

  /// Gives files their permissions.
  ///
  /// @return those that have not got them
  List<Unfit> permit(List<Entry.File> files) throws TransportException {
    SftpSession session = link.session();
    List<Future<SftpReply>> replies = new ArrayList<>();
    for (Entry.File file : files) {
      replies.add(
          session.ask(
              new SftpPacket(SftpPacket.SETSTAT).text(path(file.path())).mode(file.mode())));
    }
    List<Unfit> failed = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      SftpReply reply = session.get(replies.get(i));
      if (!reply.isGood()) {
        failed.add(new Unfit(files.get(i).path(), "its permissions cannot be set: " + reply.why()));
      }
    }
    return failed;
  }

  /// Removes files and links, and then the directories.
  ///
  /// @return what is still there; directories that something is left in are not among them
  List<Unfit> remove(Listing gone) throws TransportException {
    SftpSession session = link.session();
    List<Entry> entries = gone.entries().reversed();
    List<Future<SftpReply>> replies = new ArrayList<>();
    for (Entry entry : entries) {
      int type = entry instanceof Entry.Directory ? SftpPacket.RMDIR : SftpPacket.REMOVE;
      replies.add(session.ask(new SftpPacket(type).text(path(entry.path()))));
    }
    List<Unfit> failed = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      SftpReply reply = session.get(replies.get(i));
      if (!reply.isGood() && !reply.isNotThere() && !(entries.get(i) instanceof Entry.Directory)) {
        failed.add(new Unfit(entries.get(i).path(), "cannot be removed: " + reply.why()));
      }
    }
    return failed.reversed();
  }

  static SftpPacket rename(String from, String to) {
    return new SftpPacket(SftpPacket.EXTENDED).text(SftpSession.RENAME).text(from).text(to);
  }

  UncheckedIOException unfit(String what, SftpReply reply) {
    return new UncheckedIOException(
        new IOException(
            what + (reply.isGood() ? ": something else is there" : ": " + reply.why())));
  }

  /// Another name in the same directory.
  static String beside(String path, String name) {
    int slash = path.lastIndexOf('/');
    return path.substring(0, slash + 1) + name;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
