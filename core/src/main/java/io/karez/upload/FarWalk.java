package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Selection;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;

/// Looks what lies below a directory of a site: some directories at a time.
final class FarWalk {
  /// A server has so many open at once.
  private static final int BESIDE = 32;

  private final FarDirectory directory;
  private final Set<String> apart;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Unfit> leftOut = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  /// A directory that is being read.
  @SuppressWarnings("ArrayRecordComponent")
  private record Handle(String path, byte[] bytes) {}

  /// @param apart paths that are left out
  FarWalk(FarDirectory directory, Set<String> apart) {
    this.directory = directory;
    this.apart = apart;
  }

  /// @param paths that exist; the whole directory when empty
  /// @return empty when the directory is missing
  Selection over(List<String> paths) throws TransportException {
    SftpSession session = directory.link().session();
    for (String path : paths.isEmpty() ? List.of("") : paths) {
      begin(session, path);
    }
    while (!open.isEmpty()) {
      List<String> some = List.copyOf(open.subList(0, Math.min(BESIDE, open.size())));
      open.subList(0, some.size()).clear();
      read(session, some);
    }
    List<Entry> all = new ArrayList<>();
    for (Entry entry : FarLinks.read(session, directory, entries)) {
      if (entry instanceof Entry.Link link && link.target().indexOf('\uFFFD') >= 0) {
        leftOut.add(new Unfit(link.path(), "its target is not UTF-8"));
      } else {
        all.add(entry);
      }
    }
    return new Selection(new Listing(all), leftOut, IgnoreRules.NONE);
  }

  /// A link that was asked for by its name is followed.
  private void begin(SftpSession session, String path) throws TransportException {
    String place = directory.path(path);
    SftpReply end = session.now(new SftpPacket(SftpPacket.STAT).text(place));
    SftpReply found =
        end.isGood() && end.attributes().isDirectory()
            ? end
            : session.now(new SftpPacket(SftpPacket.LSTAT).text(place));
    if (found.isGood() && path.isEmpty()) {
      open.add("");
    } else if (found.isGood()) {
      take(found.attributes(), path);
    } else if (!path.isEmpty() || !found.isNotThere()) {
      throw unread(path, found);
    }
  }

  private void take(SftpReply.Attributes found, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (DirectoryWalk.isNever(name) || apart.contains(path)) {
      return;
    }
    if (path.indexOf('\uFFFD') >= 0) {
      leftOut.add(new Unfit(path, "its name is not UTF-8"));
      return;
    }
    Entry entry = found.entry(path);
    if (entry instanceof Entry.Special) {
      leftOut.add(new Unfit(path, "neither a file nor a directory"));
      return;
    }
    entries.add(entry);
    if (entry instanceof Entry.Directory) {
      open.add(path);
    }
  }

  private void read(SftpSession session, List<String> directories) throws TransportException {
    List<Future<SftpReply>> opened = new ArrayList<>();
    for (String path : directories) {
      opened.add(session.ask(new SftpPacket(SftpPacket.OPENDIR).text(directory.path(path))));
    }
    List<Handle> handles = new ArrayList<>();
    for (int i = 0; i < opened.size(); i++) {
      SftpReply reply = session.get(opened.get(i));
      if (!reply.isGood()) {
        throw unread(directories.get(i), reply);
      }
      handles.add(new Handle(directories.get(i), reply.bytes()));
    }
    while (!handles.isEmpty()) {
      List<Future<SftpReply>> parts = new ArrayList<>();
      for (Handle handle : handles) {
        parts.add(session.ask(new SftpPacket(SftpPacket.READDIR).bytes(handle.bytes())));
      }
      List<Handle> left = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Handle handle = handles.get(i);
        SftpReply reply = session.get(parts.get(i));
        if (reply.isEnd()) {
          session.tell(new SftpPacket(SftpPacket.CLOSE).bytes(handle.bytes()));
        } else if (reply.isGood()) {
          names(handle.path(), reply.body().duplicate());
          left.add(handle);
        } else {
          throw unread(handle.path(), reply);
        }
      }
      handles = left;
    }
  }

  private void names(String path, ByteBuffer reply) {
    for (int left = reply.getInt(); left > 0; left--) {
      String name = SftpReply.text(reply);
      SftpReply.text(reply);
      SftpReply.Attributes found = SftpReply.attributes(reply);
      if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
        leftOut.add(
            new Unfit(path + "/" + name.replace('\0', '\uFFFD'), "no file can have this name"));
      } else if (!name.equals(".") && !name.equals("..")) {
        take(found, path.isEmpty() ? name : path + "/" + name);
      }
    }
  }

  private UncheckedIOException unread(String path, SftpReply reply) {
    return directory.unfit(
        "cannot read `%s` there".formatted(directory.below(path).directory()), reply);
  }
}
