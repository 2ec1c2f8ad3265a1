using System.Buffers;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LandscapeGpu.Compilation;

/// <summary>What has been emitted: codes with the same digest do the same, whatever formula they were made from, so that one of them need be compiled to machine code.</summary>
internal sealed class WrittenCode
{
    private readonly ArrayBufferWriter<byte> written = new(1 << 16);

    /// <summary>SHA-256 of all that was noted, in order.</summary>
    public string Digest => Convert.ToHexString(SHA256.HashData(written.WrittenSpan));

    /// <summary>Emits as <paramref name="to"/> does, and notes what.</summary>
    public ILGenerator Of(ILGenerator to) => new NotingGenerator(this, to);

    /// <summary>Notes a text, its end included.</summary>
    public void Note(string text)
    {
        Note(text.Length);
        written.Write(Encoding.Unicode.GetBytes(text));
    }

    /// <summary>Notes a number.</summary>
    public void Note<T>(T number)
        where T : unmanaged
    {
        MemoryMarshal.Write(written.GetSpan(Unsafe.SizeOf<T>()), in number);
        written.Advance(Unsafe.SizeOf<T>());
    }

    /// <summary>Notes a member. Those of a type that is being made have no handle yet, and are told by what they are called in it.</summary>
    public void Note(MemberInfo member)
    {
        switch (member)
        {
            case { DeclaringType: TypeBuilder } or TypeBuilder:
                Note(member is TypeBuilder ? "" : member.Name);
                break;
            case MethodBase method:
                Note(method.MethodHandle.Value);
                // Of a generic type's method the handle alone may be shared among instances.
                Note(method.DeclaringType?.TypeHandle.Value ?? 0);
                break;
            case FieldInfo field:
                Note(field.FieldHandle.Value);
                Note(field.DeclaringType?.TypeHandle.Value ?? 0);
                break;
            case Type type:
                Note(type.TypeHandle.Value);
                break;
            default:
                throw new NotSupportedException($"Code refers to {member}, which is no method, field or type.");
        }
    }
}
